/** @jsxImportSource react */
import { useRef } from 'react';
import type { PatternSourceElement } from 'track-elements';
import type {} from 'track-elements/types/react';

const log = (event: Event) => console.log(event.type);
declare const text: string;
declare const stream: MediaStream;
declare const peer: RTCPeerConnection;
const servers: RTCIceServer[] = [{ urls: 'turn:turn.example', username: 'user', credential: 'secret' }];
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
      <signal-scope view="parade" targets={100} refresh-rate={10} graticule="10-bit" onwarning={logError} />
      <level-meter scale="LUFS" compact={false} orientation="vertical" peak-hold="2" onlevel={log} />
      <track-monitor
        label="Camera 1"
        audible
        fit="actual-size"
        guides="center thirds"
        figures
        onsnapshot={({ blob }) => blob.size.toFixed()}
      />
      <track-monitor guides={['center', 'safe-areas']} srcObject={stream} />
      <track-probe
        clock={2.5}
        reference="camera"
        compare-every={30}
        frame-rate="25"
        onreport={({ report }) => JSON.stringify(report)}
      />
      <track-probe
        reference={{ pattern: { pattern: 'ball', width: 640, height: 360 } }}
        peerConnection={peer}
        srcObject={stream}
      />
      <whep-player ice-servers={servers} jitter-target={80} ice-transport-policy="relay" no-trickle />
      <whip-publisher iceServers={servers} token="secret" kinds={['video']} simulcast="3" codec="VP8" />
      <whip-publisher
        ice-servers='[{"urls": "stun:stun.example"}]'
        ice-transport-policy={text as RTCIceTransportPolicy}
      />
      <pattern-source pattern={text} color={text} label={text} frame-rate={text} time-zone={text} for={text} />
      <tone-source waveform={text} mark-rate={text} />
      <whip-publisher endpoint={text} codec={text} scalability-mode={text} ice-servers={JSON.stringify(servers)} />
      <track-monitor guides={text} label={text} />
      <track-recorder type={text} filename={text} />
      <track-probe reference={text} />
      <button type="button" commandfor="player" command="--stop">
        Stop
      </button>
      <canvas-source from="drawing" for="screen" fit="cover" frame-rate="30000/1001" />
      <element-source from="player" width={640} />
      <file-source src="question.wav" kind="audio" loop gain={0.5} />
      <camera-source device-id="a" facing-mode="user" />
      <screen-source display-surface="window" />
      <virtual-camera label="Front camera" facing-mode="user" mode="replace" fault="busy" delay={100} unplugged={false}>
        <pattern-source pattern="card">
          <signal-fault kind="freeze" at={2} duration={0.5} />
        </pattern-source>
      </virtual-camera>
      <virtual-microphone label="Headset" channels={1} muted />
      <virtual-screen label="Slides" display-surface="browser" />
      <whip-publisher endpoint="https://media.example/whip" kinds="video audio" onwarning={logError} />
      <whep-player endpoint="https://media.example/whep" for="screen" onaddtrack={({ track }) => track.id.trim()} />
      <whep-player id="player" class="wide" slot="video" title="Camera" hidden aria-label="Camera" data-camera="1" />
      <pattern-source
        ref={source}
        key="a"
        className="wide"
        onClick={() => source.current?.stop()}
        style={{ display: 'none' }}
      />
    </>
  );
}
