/* The answers to paced writes whose pictures cannot be shown. */
import { FramePacer } from '../../dist/generator/page/frame-pacer.js';
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';
import { sleep } from '../support/waiting.js';

function pacer(): FramePacer {
  // The page's own timers have to do.
  const made = new FramePacer('', {}, () => Promise.reject(new Error('no worker')));
  onCleanup(() => made.close());
  return made;
}

const write = (number: number, atMs: number, show: () => Promise<boolean>) => ({
  number,
  timestamp: atMs * 1000,
  duration: 0,
  grabbing: createImageBitmap(new ImageData(1, 1)),
  show,
});

const LIMIT_S = 60;

const shown = async () => true;
const dropped = async () => false;
const failed = () => Promise.reject(new DOMException('The track takes nothing.', 'InvalidStateError'));

describe('A paced write', () => {
  it('is answered by what became of its picture, if that is due', async () => {
    const paced = pacer();
    assert.isTrue(await paced.add(write(1, 0, shown), LIMIT_S));
    assert.isFalse(await paced.add(write(2, 0, dropped), LIMIT_S));
    const error = await paced.add(write(3, 0, failed), LIMIT_S).catch((reason) => reason);
    assert.equal(error.name, 'InvalidStateError');
  });

  it('is taken while its picture waits; a later failure stops neither those behind it nor played()', async () => {
    const rejections: unknown[] = [];
    const onRejection = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      rejections.push(event.reason);
    };
    addEventListener('unhandledrejection', onRejection);
    onCleanup(() => removeEventListener('unhandledrejection', onRejection));
    const paced = pacer();
    let count = 0;
    await paced.add(write(1, 0, shown), LIMIT_S);
    assert.isTrue(await paced.add(write(2, 40, failed), LIMIT_S));
    assert.isTrue(
      await paced.add(
        write(3, 80, async () => ++count > 0),
        LIMIT_S,
      ),
    );
    assert.isTrue(await paced.played());
    assert.equal(count, 1);
    await sleep(20);
    assert.deepEqual(rejections, []);
  });

  it('is refused when it is cleared', async () => {
    const paced = pacer();
    await paced.add(write(1, 0, shown), LIMIT_S);
    for (const number of [2, 3, 4]) await paced.add(write(number, 5000, shown), LIMIT_S);
    const adding = paced.add(write(5, 5000, shown), LIMIT_S);
    await sleep(20);
    paced.clear();
    assert.isNull(await adding);
  });
});
