import { useFindingCommands } from './use-finding-commands.ts';
import { useFindingsUpkeep } from './use-findings.ts';

/** Keeps findings up to date and their keys registered; shows nothing, so that an edit draws nothing anew for it. */
export function FindingsWatch({ onShow }: { readonly onShow: () => void }) {
  useFindingsUpkeep();
  useFindingCommands(onShow);
  return null;
}
