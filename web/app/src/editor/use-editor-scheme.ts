import { useComputedColorScheme } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useLayoutEffect } from 'react';

/** The editor is dark, whatever the rest of the page is, unless the person lets its panels follow the page. */
export function useEditorScheme() {
  const page = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const [follows, setFollows] = useLocalStorage({
    key: 'plumbline-editor-follows-theme',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.setAttribute('data-mantine-color-scheme', follows ? page : 'dark');
    return () => root.setAttribute('data-mantine-color-scheme', page);
  }, [page, follows]);
  return { follows, setFollows };
}
