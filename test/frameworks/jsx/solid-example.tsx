/** @jsxImportSource solid-js */
import 'track-elements/define/rtc-loopback';
import 'track-elements/define/pattern-source';
import { createSignal } from 'solid-js';
import type {} from 'track-elements/types/solid';

export function Call() {
  const [width, setWidth] = createSignal(0);
  return (
    <>
      <video id="screen" autoplay muted playsinline />
      <rtc-loopback for="screen" loss={0.02} on:stats={({ stats }) => setWidth(stats.video?.width ?? 0)}>
        <pattern-source pattern="ball" timecode />
      </rtc-loopback>
      <p>{width()} pixels wide</p>
    </>
  );
}
