import { ColorInput, Input, Popover, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { LabelClass } from '../../api/types.ts';
import styles from './ColorField.module.css';
import { colorDistance, isColor, nextColor, PALETTE } from './palette.ts';

export interface ColorFieldProps {
  readonly value: string;
  readonly taken: readonly LabelClass[];
  readonly ownId: string;
  readonly onChange: (color: string) => void;
}

/** Two colours nearer than this are hard to tell apart for somebody. */
const NEAR = 0.06;

/** A colour of the palette, or any other; says when another class looks alike. */
export function ColorField({ value, taken, ownId, onChange }: ColorFieldProps) {
  const [opened, setOpened] = useState(false);
  const others = taken.filter((c) => c.id !== ownId);
  const used = new Set(others.map((c) => c.color.toLowerCase()));
  const twin =
    opened && isColor(value) ? others.find((c) => isColor(c.color) && colorDistance(c.color, value) < NEAR) : undefined;
  return (
    <Input.Wrapper label="Colour">
      <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus>
        <Popover.Target>
          <UnstyledButton
            className={styles.button}
            aria-label={`Colour ${value}`}
            onClick={() => setOpened(!opened)}
            style={{ background: isColor(value) ? value : 'transparent' }}
          />
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs" w={244}>
            <SimpleGrid cols={8} spacing={6} verticalSpacing={6}>
              {PALETTE.map((color) => (
                <UnstyledButton
                  key={color}
                  className={styles.swatch}
                  style={{ background: color }}
                  data-used={used.has(color) || undefined}
                  aria-label={`${color}${used.has(color) ? ', used by another class' : ''}`}
                  aria-pressed={color === value.toLowerCase()}
                  onClick={() => {
                    onChange(color);
                    setOpened(false);
                  }}
                >
                  {color === value.toLowerCase() && <IconCheck size={14} color={dark(color) ? '#fff' : '#000'} />}
                </UnstyledButton>
              ))}
            </SimpleGrid>
            <ColorInput
              size="xs"
              aria-label="Any colour"
              format="hex"
              value={value}
              onChange={(color) => onChange(color.toLowerCase())}
              popoverProps={{ withinPortal: false }}
              eyeDropperButtonProps={{ 'aria-label': 'Pick from the screen' }}
            />
            <UnstyledButton className={styles.next} onClick={() => onChange(nextColor(others.map((c) => c.color)))}>
              Take the colour farthest from all others
            </UnstyledButton>
            <Text size="xs" c="dimmed" mih={18}>
              {twin === undefined
                ? 'Told apart with every kind of colour vision.'
                : `Hard to tell from “${twin.name}”.`}
            </Text>
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </Input.Wrapper>
  );
}

function dark(color: string): boolean {
  return colorDistance(color, '#000000') < colorDistance(color, '#ffffff');
}
