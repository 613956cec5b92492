/* A part of the worker: pictures of other tracks, and of files, as layers. */
import { valueError } from '../../signals/checks.js';
import type { InputCommand, OpenInput } from '../messages.js';
import { FrameInput, type PictureInput, preparingInput } from './frame-input.js';
import { TimedPictures } from './timed-pictures.js';
import type { WorkerScope } from './worker-scope.js';

export function install(scope: WorkerScope): void {
  const inputs = new Map<number, PictureInput>();
  scope.handlers['open-input'] = (message: OpenInput) => {
    const { id, port, input: given } = message;
    const input = 'timed' in given ? new TimedPictures(port, given.timed) : new FrameInput(port, given);
    inputs.set(id, input);
    port.onmessage = ({ data }: MessageEvent<InputCommand>) => {
      if (data !== 'close') {
        input.take(data.frame);
        return;
      }
      inputs.delete(id);
      input.close();
    };
  };
  scope.prepareInput = (description, colorSpace) => {
    const input = inputs.get(description.input);
    if (input) return preparingInput(input, description, colorSpace);
    throw valueError('input', description.input, 'the id of an open input');
  };
}
