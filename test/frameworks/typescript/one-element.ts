/* A single `define` entry gives the type of its tag. */
import 'track-elements/define/pattern-source';

export const pattern: string | undefined = document.querySelector('pattern-source')?.pattern;
export const color: '' | 'bt601' | 'bt709' = document.createElement('pattern-source').colorSpace;

document.createElement('pattern-source').addEventListener('addtrack', ({ track }) => {
  const id: string = track.id;
  return id;
});
