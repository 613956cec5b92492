/** @jsxImportSource preact */
import 'track-elements/define/all';
import { useState } from 'preact/hooks';
import type {} from 'track-elements/types/preact';

export function Tone() {
  const [frequency, setFrequency] = useState(440);
  return (
    <>
      <whip-publisher endpoint="https://example.com/whip/live" onerror={(event) => console.error(event.message)}>
        <tone-source waveform="sine" frequency={frequency} level={-18} />
      </whip-publisher>
      <button type="button" onClick={() => setFrequency(2 * frequency)}>
        An octave up
      </button>
    </>
  );
}
