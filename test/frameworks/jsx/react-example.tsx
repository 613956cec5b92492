/** @jsxImportSource react */
import 'track-elements/define/pattern-source';
import { useRef, useState } from 'react';
import type { PatternSourceElement } from 'track-elements';
import type {} from 'track-elements/types/react';

export function Bars({ label }: { label: string }) {
  const source = useRef<PatternSourceElement>(null);
  const [state, setState] = useState('idle');
  return (
    <>
      <video id="screen" autoPlay muted playsInline />
      <pattern-source
        ref={source}
        for="screen"
        pattern="smpte-hd"
        width={1280}
        frame-rate="30000/1001"
        label={label}
        onstatechange={(event) => setState(event.target.state)}
      />
      <button type="button" onClick={() => source.current?.stop()}>
        Stop, now {state}
      </button>
    </>
  );
}
