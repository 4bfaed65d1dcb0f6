import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import type { Format } from '../../api/types.ts';

const none: readonly Format[] = [];

/** The formats that the server reads and writes; none until they are known. */
export const useFormats = (): readonly Format[] => useQuery(queries.formats()).data?.items ?? none;
