import { Checkbox, Input, MultiSelect, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import type { AttributeValue } from '@plumbline/editor';
import { useEffect, useState } from 'react';
import type { AttributeDefinition } from '../../api/types.ts';
import { valueProblem } from '../attributes.ts';

export interface AttributeFieldProps {
  readonly definition: AttributeDefinition;
  readonly value: AttributeValue | undefined;
  /** The selected objects have different values. */
  readonly mixed: boolean;
  readonly disabled: boolean;
  readonly onChange: (value: AttributeValue | undefined) => void;
}

/** More options than this make a list rather than buttons. */
const BUTTONS = 4;

/** One attribute as the control that suits it. What is typed counts when the field is left or Enter is pressed. */
export function AttributeField({ definition: a, value, mixed, disabled, onChange }: AttributeFieldProps) {
  const [typed, setTyped] = useState<string | number>(typedOf(value));
  useEffect(() => setTyped(typedOf(value)), [value]);
  const common = {
    size: 'xs',
    label: a.name,
    withAsterisk: a.required,
    disabled,
    error: mixed ? null : valueProblem(a, value),
    placeholder: mixed ? 'Different values' : '',
  } as const;
  const commitOnEnter = (event: { key: string; currentTarget: { blur: () => void } }) => {
    if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
  };

  switch (a.kind) {
    case 'boolean':
      return (
        <Checkbox
          size="xs"
          label={a.name}
          disabled={disabled}
          error={common.error}
          checked={value === true}
          indeterminate={mixed}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typed}
          description={rangeOf(a)}
          onChange={setTyped}
          onBlur={() => typed !== typedOf(value) && onChange(typeof typed === 'number' ? typed : undefined)}
          onKeyDown={commitOnEnter}
        />
      );
    case 'text':
      return (
        <TextInput
          {...common}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => typed !== typedOf(value) && onChange(String(typed).trim())}
          onKeyDown={commitOnEnter}
        />
      );
    case 'multiSelect':
      return (
        <MultiSelect
          {...common}
          data={[...a.options]}
          value={Array.isArray(value) ? [...value] : []}
          onChange={(chosen) => onChange(a.options.filter((option) => chosen.includes(option)))}
        />
      );
    case 'select':
      return a.options.length <= BUTTONS && a.options.join('').length <= 24 ? (
        <Input.Wrapper {...common} labelElement="div">
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={a.name}
            disabled={disabled}
            data={[...(a.required ? [] : [{ value: '', label: '–' }]), ...a.options]}
            value={typeof value === 'string' ? value : ''}
            onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
          />
        </Input.Wrapper>
      ) : (
        <Select
          {...common}
          searchable
          clearable={!a.required}
          data={[...a.options]}
          value={typeof value === 'string' ? value : null}
          onChange={(chosen) => onChange(chosen ?? undefined)}
        />
      );
  }
}

function typedOf(value: AttributeValue | undefined): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : '';
}

function rangeOf({ minimum, maximum }: AttributeDefinition): string | null {
  if (minimum !== null && maximum !== null) return `${minimum} to ${maximum}`;
  if (minimum !== null) return `from ${minimum}`;
  return maximum === null ? null : `up to ${maximum}`;
}
