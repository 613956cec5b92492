import { setCustomElementsManifest } from '@storybook/web-components-vite';
import { themes } from 'storybook/theming';
import manifest from '../custom-elements.json';
import './preview.css';
import './gallery.css';

setCustomElementsManifest(manifest);

const dark = matchMedia('(prefers-color-scheme: dark)').matches;

/** @type {import('@storybook/web-components-vite').Preview} */
const preview = {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    layout: 'centered',
    docs: { theme: dark ? themes.dark : themes.light },
    options: {
      storySort: {
        order: [
          'Elements',
          [
            'Pattern source',
            'Tone source',
            'Track generator',
            'RTC loopback',
            'Track recorder',
            'WHIP publisher and WHEP player',
          ],
          'Signals',
          ['Gallery', 'Parameters', 'Attributes of every pattern', 'Composition', 'Custom signals'],
        ],
      },
    },
  },
};

export default preview;
