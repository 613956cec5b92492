/**
 * The listener methods of an event target whose events are known by name, for `declare` members:
 *
 * ```ts
 * declare addEventListener: TypedListenerMethod<ClientEventMap>;
 * declare removeEventListener: TypedListenerMethod<ClientEventMap, EventListenerOptions>;
 * ```
 */
export type TypedListenerMethod<EventMap, Options = AddEventListenerOptions> = {
  <Type extends keyof EventMap>(
    type: Type,
    listener: (event: EventMap[Type]) => unknown,
    options?: boolean | Options,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | Options): void;
};
