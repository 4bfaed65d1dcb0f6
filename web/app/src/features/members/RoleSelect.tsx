import { Select, Text } from '@mantine/core';
import { roleMeanings } from '../../api/roles.ts';
import { type ProjectRole, projectRoles } from '../../api/types.ts';

export interface RoleSelectProps {
  readonly value: ProjectRole;
  readonly onChange: (role: ProjectRole) => void;
  /** Owners are appointed by owners only. */
  readonly ownerAllowed: boolean;
  readonly label?: string;
  readonly ariaLabel?: string;
  readonly disabled?: boolean;
}

export function RoleSelect({ value, onChange, ownerAllowed, label, ariaLabel, disabled = false }: RoleSelectProps) {
  const roles = projectRoles.filter((role) => role !== 'owner' || ownerAllowed || value === 'owner');
  return (
    <Select
      label={label}
      aria-label={ariaLabel}
      disabled={disabled}
      data={roles.map((role) => ({ value: role, label: role[0]?.toUpperCase() + role.slice(1) }))}
      value={value}
      onChange={(role) => role !== null && role !== value && onChange(role as ProjectRole)}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {roleMeanings[option.value as ProjectRole]}
          </Text>
        </div>
      )}
    />
  );
}
