import { freezeConfiguration } from '../../generator/page/configuration.js';
import { loadScript, type Script } from '../../generator/page/load-script.js';
import { type StartedWorker, untilReady } from '../../generator/page/worker-pool.js';

/** A worker of its own for each recording: it encodes, and holds its file. */
export async function startRecorderWorker(): Promise<Worker> {
  const { workerUrl } = freezeConfiguration();
  const beside = workerUrl && new URL(script.file, new URL(`${workerUrl}`, document.baseURI));
  const fromUrl = (url: string | URL): Promise<StartedWorker> => untilReady(() => new Worker(url, { type: 'module' }));
  const fromFile = () =>
    untilReady(() => new Worker(new URL('../worker/recorder-worker.js', import.meta.url), { type: 'module' }));
  const { worker } = await loadScript(script, {
    fromFile: () => (beside ? fromUrl(beside).catch(fromFile) : fromFile()),
    fromUrl,
    serve: `${script.file} beside ${workerUrl ?? 'engine-worker.js, and call configure({ workerUrl })'}`,
  });
  return worker;
}

const script: Script = {
  file: 'recorder-worker.js',
  text: () => import('../worker/recorder-worker-text.js'),
};
