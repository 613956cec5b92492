/* The file of a recording, where its storage fails. */
import { EncodedPacket } from 'mediabunny';
import { MemoryStorage, type RecordingStorage } from '../../dist/recorder/recording-storage.js';
import { ContainerFile } from '../../dist/recorder/worker/container-file.js';
import { assert, describe, it } from '../support/suite.js';

/** A storage whose second version takes no bytes: the disk is full. */
class FullStorage extends MemoryStorage {
  discarded = 0;

  override async replacement(): Promise<MemoryStorage> {
    const storage: RecordingStorage = new MemoryStorage();
    storage.write = () => Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'));
    storage.discard = async () => {
      this.discarded++;
    };
    return storage as MemoryStorage;
  }
}

const packetOf = (kind: 'video' | 'audio', index: number) => ({
  kind,
  packet: new EncodedPacket(new Uint8Array(100).fill(index), 'key', index / 10, 0.1),
  meta: {
    decoderConfig:
      kind === 'video'
        ? { codec: 'vp8', codedWidth: 32, codedHeight: 16 }
        : { codec: 'opus', sampleRate: 48_000, numberOfChannels: 2 },
  },
});

describe('ContainerFile', () => {
  it('keeps the live form, with a warning, where the form with an index cannot be written', async () => {
    const storage = new FullStorage();
    const file = new ContainerFile('webm', { video: 'vp8', audio: 'opus' }, storage);
    for (let index = 0; index < 20; index++) await file.add(packetOf('video', index), ['video']);
    await file.end();
    const { size } = storage;
    const { blob, warning } = await file.finish();
    assert.equal((warning as Error).name, 'QuotaExceededError');
    assert.equal(storage.discarded, 1);
    assert.equal(blob.size, size);
    assert.isAbove(blob.size, 2000, 'all 20 packets');
    assert.deepEqual(file.kinds, ['video']);
  });

  it('keeps what there is where a second kind cannot be added', async () => {
    const storage = new FullStorage();
    const file = new ContainerFile('webm', { video: 'vp8', audio: 'opus' }, storage);
    for (let index = 0; index < 20; index++) await file.add(packetOf('video', index), ['video']);
    const error = await file.add(packetOf('audio', 0), []).catch((reason) => reason);
    assert.equal(error.name, 'QuotaExceededError');
    await file.end();
    const { blob } = await file.finish();
    assert.isAbove(blob.size, 2000, 'all 20 packets');
    assert.deepEqual(file.kinds, ['video']);
  });
});
