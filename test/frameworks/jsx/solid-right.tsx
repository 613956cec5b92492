/** @jsxImportSource solid-js */
import type { PatternSourceElement } from 'track-elements';
import type {} from 'track-elements/types/solid';

const log = (event: Event) => console.log(event.type);
const logError = ({ message }: ErrorEvent) => console.log(message);

export function Elements() {
  let source: PatternSourceElement | undefined;
  return (
    <>
      <pattern-source
        for="screen"
        pattern="ball"
        width={640}
        height="360"
        frame-rate="30000/1001"
        on:statechange={log}
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
        on:error={logError}
        muted
      />
      <track-generator kind="video" frameRate={30} on:played={log} manual>
        <pattern-source x={10} y={20} opacity={0.5} />
      </track-generator>
      <rtc-loopback loss={0.05} maxBitrate={undefined} on:stats={({ stats }) => stats.video?.width.toFixed()} />
      <track-recorder on:recorded={({ blob }) => blob.size.toFixed()} on:progress={log} />
      <whip-publisher endpoint="https://media.example/whip" kinds="video audio" on:warning={logError} />
      <whep-player endpoint="https://media.example/whep" for="screen" on:addtrack={({ track }) => track.id.trim()} />
      <whep-player id="player" class="wide" slot="video" title="Camera" hidden aria-label="Camera" data-camera="1" />
      <pattern-source
        ref={source}
        prop:sinks={[]}
        attr:color-space="bt601"
        bool:frame-counter={true}
        onClick={() => source?.stop()}
      />
    </>
  );
}
