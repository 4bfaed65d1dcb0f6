import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { ImportPreview } from '../../api/types.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { type ChosenOptions, FormatOptionFields } from '../formats/FormatOptionFields.tsx';
import { useFormats } from '../formats/use-formats.ts';
import { FormatSelect } from './FormatSelect.tsx';
import { useLookAgain } from './use-look-again.ts';

export interface PreviewFormatBarProps {
  readonly preview: ImportPreview;
  readonly onLook: (jobId: string) => void;
}

/** The format that the files were read in; another one, or other options, and they are read again. */
export function PreviewFormatBar({ preview, onLook }: PreviewFormatBarProps) {
  const [format, setFormat] = useState<string | null>(preview.format ?? preview.candidates[0]?.name ?? null);
  const [options, setOptions] = useState<ChosenOptions>(preview.options);
  const again = useLookAgain(preview.jobId, onLook);
  const known = useFormats().find(({ name }) => name === format);
  const changed = format !== preview.format || JSON.stringify(options) !== JSON.stringify(preview.options);
  return (
    <>
      <Group align="flex-end" gap="sm">
        <FormatSelect
          value={format}
          onChange={(chosen) => {
            setFormat(chosen);
            setOptions({});
          }}
        />
        <FormatOptionFields format={known} chosen={options} onChange={setOptions} />
        <Button
          variant={preview.format === null ? 'filled' : 'default'}
          disabled={!changed}
          loading={again.isPending}
          onClick={() => again.mutate({ format, options })}
        >
          Read again
        </Button>
      </Group>
      <ErrorNote error={again.error} />
    </>
  );
}
