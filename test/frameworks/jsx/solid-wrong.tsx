/** @jsxImportSource solid-js */
import type {} from 'track-elements/types/solid';

export function Elements() {
  return (
    <>
      <pattern-source width="wide" />
      <pattern-source flip="sideways" />
      <pattern-source patern="ball" />
      <pattern-source timecode="yes" />
      <pattern-source state="live" />
      <pattern-source params="size 64" />
      <tone-source frequency="high" />
      <track-generator kind="text" />
      <rtc-loopback degradation="fast" />
      <track-recorder on:recorded={(event: MouseEvent) => event} />
      <whip-publisher kinds="picture" />
      <pattern-source frameRate={30} />
      <whep-player jitter-target="long" />
    </>
  );
}
