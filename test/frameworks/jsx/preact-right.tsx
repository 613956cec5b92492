/** @jsxImportSource preact */
import { useRef } from 'preact/hooks';
import type { PatternSourceElement } from 'track-elements';
import type {} from 'track-elements/types/preact';

const log = (event: Event) => console.log(event.type);
const logError = ({ message }: ErrorEvent) => console.log(message);

export function Elements() {
  const source = useRef<PatternSourceElement>(null);
  return (
    <>
      <pattern-source
        for="screen"
        pattern="ball"
        width={640}
        height="360"
        frame-rate="30000/1001"
        onstatechange={log}
      />
      <pattern-source
        pattern="of-the-page"
        colorSpace="bt709"
        params={{ size: 64 }}
        paused
        timecode={true}
        label={null}
      />
      <tone-source
        waveform="pink-noise"
        frequency="440 1000"
        level={[-18, -20]}
        channels={2}
        onerror={logError}
        muted
      />
      <track-generator kind="video" frameRate={30} onplayed={log} manual>
        <pattern-source x={10} y={20} opacity={0.5} />
      </track-generator>
      <rtc-loopback loss={0.05} maxBitrate={undefined} onstats={({ stats }) => stats.video?.width.toFixed()} />
      <track-recorder onrecorded={({ blob }) => blob.size.toFixed()} onprogress={log} />
      <signal-scope view="parade" targets={100} refreshRate={10} onwarning={logError} />
      <whip-publisher endpoint="https://media.example/whip" kinds="video audio" onwarning={logError} />
      <whep-player endpoint="https://media.example/whep" for="screen" onaddtrack={({ track }) => track.id.trim()} />
      <whep-player id="player" class="wide" slot="video" title="Camera" hidden aria-label="Camera" data-camera="1" />
      <pattern-source ref={source} key="a" class="wide" onClick={() => source.current?.stop()} />
    </>
  );
}
