import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { closeProjectDialog } from '../projects/dialog-store.ts';

/** Gives an import up that was not started: its files and what was found in them are gone. */
export const useDiscard = (jobId: string) =>
  useMutation({ mutationFn: () => api.delete(`/imports/${jobId}`), onSuccess: closeProjectDialog });
