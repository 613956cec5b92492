/*
 * The messages between a page and its players. A player plays one track, in a worker or a worklet; each has a port to
 * the page. Three kinds of messages pass through it:
 *
 * - A request has an `id` and gets one answer with that id. The requests of a receiver are an interface of functions:
 *   the function's argument is the data of the request, its result the value of the answer.
 * - A command from the page gets no answer.
 * - An event from the player tells the page what happened.
 */

import { isError } from '../signals/describe-value.js';
import type { AudioFormat } from './audio-format.js';
import type { Counts } from './counts.js';
import type { FlacFormat } from './flac-mp4.js';
import { VERSION } from './version.js';

/** The first message of a worker to the page. */
export interface WorkerReady {
  readonly type: 'ready';
  /** The file of the worker, by which the page knows it. */
  readonly script: string;
  /** The version of the library that the file is of. */
  readonly version: string;
}

export const workerReady = (script: string): WorkerReady => ({ type: 'ready', script, version: VERSION });

/** The name of a processor by which a worklet's script tells the page the same. */
export const workletName = (script: string): string => `${script} ${VERSION}`;

/** Page to worker: play written audio. All later messages use the port. */
export interface OpenWrittenAudio extends OpenWorkerAudio {
  readonly type: 'open-written-audio';
}

/** Opens a player of audio in the worker. */
export interface OpenWorkerAudio {
  readonly port: MessagePort;
  /** The stream of a native track; or the format of the fragments that the page plays in a media element. */
  readonly target: WritableStream<AudioData> | FlacFormat;
  /** The page's origin, in milliseconds of `now()`. */
  readonly origin: number;
  readonly format: AudioFormat;
}

/** The requests that every player of audio answers. */
export interface AudioRequests {
  /**
   * Plays samples after those written before; one plane for each channel, from −1 to 1. The answer comes when at most
   * `answerAt` seconds are left to play: `true`, or `false` if the samples were dropped.
   */
  samples(request: {
    readonly planes: Float32Array[];
    readonly sampleRate: number;
    /** When to play them, in seconds of the page's timeline. Default: after the samples before. */
    readonly due?: number;
    readonly answerAt: number;
  }): boolean;
  count(request: object): Counts;
}

/** Page to a player of audio. */
export type AudioCommand =
  | { readonly type: 'hold'; readonly muted: boolean; readonly paused: boolean }
  /** Drops the written samples that wait, with a short fade. */
  | { readonly type: 'clear' }
  /** The time 0 of the context or the media element that plays the samples, in milliseconds after the page's origin. */
  | { readonly type: 'clock'; readonly start: number }
  | { readonly type: 'close' };

/** A player of audio to the page. */
export type AudioEvent =
  /** The track was given its first block. */
  | { readonly type: 'started' }
  | QueueReport
  /** Audio for a media element, which follows the fragments before. */
  | { readonly type: 'fragment'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Everything is closed; no message follows. */
  | { readonly type: 'ended' };

/** How much written audio waits. */
export interface QueueReport {
  readonly type: 'queue';
  /** The `clear` commands so far. */
  readonly clears: number;
  /** Seconds that were received so far. */
  readonly received: number;
  /** Seconds until all of it has been played. */
  readonly queued: number;
}

export type AudioMessage = RequestMessage<AudioRequests> | AudioCommand;

/** A function for each type of request. */
export type RequestMap<Requests> = { [Type in keyof Requests]: (request: never) => unknown };

/** Any request, as it is posted. */
export type RequestMessage<Requests extends RequestMap<Requests>> = {
  [Type in keyof Requests]: { readonly type: Type; readonly id: number } & Parameters<Requests[Type]>[0];
}[keyof Requests];

export interface Answer {
  readonly type: 'answer';
  readonly id: number;
  readonly value?: unknown;
  readonly error?: PlainError;
}

/** Answers a request with what `run` returns, or with the error that it throws. A promise is awaited. */
export function answer(post: (message: Answer) => void, id: number, run: () => unknown): void {
  const succeed = (value: unknown) => post({ type: 'answer', id, value });
  const fail = (error: unknown) => post({ type: 'answer', id, error: plainError(error) });
  try {
    const value = run();
    if (value instanceof Promise) value.then(succeed, fail);
    else succeed(value);
  } catch (error) {
    fail(error);
  }
}

/** An error as plain data: some browsers post errors without their class. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
}

export function plainError(error: unknown): PlainError {
  const { name, message } = isError(error) ? error : new Error(`${error}`);
  return { name, message };
}

/** Makes a posted error an error of its class again. */
export function reviveError({ name, message }: PlainError): Error {
  const ErrorType = { Error, TypeError, RangeError }[name];
  return ErrorType ? new ErrorType(message) : new DOMException(message, name);
}
