import './nonce.ts';
import './styles.css';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.layer.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// Words in another font would take other room and move when theirs comes. A server that cannot give it stops nobody.
const font = document.fonts.load('1em "Inter Variable"').catch(() => []);
await Promise.race([font, new Promise((done) => setTimeout(done, 1_000))]);

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
