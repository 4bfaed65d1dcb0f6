import { createEditor, type Editor } from '@plumbline/editor';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import { events } from '../api/events.ts';
import { signInGate } from '../api/sign-in-gate.ts';
import type { ImageSummary, Me, Neighbours, Ontology } from '../api/types.ts';
import { toast } from '../ui/toast-store.ts';
import { HttpSyncPort } from './http-sync-port.ts';
import { imageSource, tileSource } from './image-source.ts';
import { loadKeyMap } from './key-map.ts';
import { toPrefetch } from './sequence.ts';

/** One editor for the person who is signed in; another person gets another one, with a journal of their own. */
export function useEditorInstance(me: Me | null): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  const [id, name] = [me?.id, me?.name];
  useEffect(() => {
    if (id === undefined || name === undefined) return;
    const created = createEditor({ port: new HttpSyncPort(api, events), server: location.origin, user: { id, name } });
    loadKeyMap(created);
    setEditor(created);
    return () => {
      setEditor(null);
      created.dispose();
    };
  }, [id, name]);
  return editor;
}

/** Keeps the editor on the image of the address, and what comes next within reach. */
export function useOpenImage(
  editor: Editor | null,
  image: ImageSummary | undefined,
  neighbours: Neighbours,
  ontology: Ontology | undefined,
  readOnly: boolean | undefined,
): void {
  const ready = editor !== null && ontology !== undefined && readOnly !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: newer facts about the same image do not open it again
  useEffect(() => {
    if (ready && image !== undefined) editor.openImage({ ...imageSource(image), ontology, readOnly });
  }, [editor, ready, image?.id, readOnly]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other facts about the image do not change its tiles
  useEffect(() => {
    editor?.setTiles(image === undefined ? null : tileSource(image));
  }, [editor, image?.id, image?.tiles?.url]);

  useEffect(() => {
    if (ontology !== undefined) editor?.setOntology(ontology);
  }, [editor, ontology]);

  useEffect(() => {
    editor?.prefetch(toPrefetch(neighbours).map(imageSource));
  }, [editor, neighbours]);
}

/** An ended session asks for a sign-in and then sends what is in the journal; notices of the editor become toasts. */
export function useEditorMessages(editor: Editor | null): void {
  useEffect(() => {
    if (editor === null) return;
    let asking = false;
    const askToSignIn = async () => {
      if (editor.saveStatus.value.kind !== 'signInNeeded' || asking) return;
      asking = true;
      const signedIn = await signInGate.wait();
      asking = false;
      if (signedIn) editor.retrySaving();
    };
    const stops = [
      editor.saveStatus.subscribe(askToSignIn),
      editor.notice.subscribe(() => {
        const notice = editor.notice.value;
        if (notice !== null) toast({ tone: notice.tone === 'warning' ? 'bad' : 'info', title: notice.message });
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [editor]);
}
