import type { Dispatcher } from "undici";

/**
 * A connection that breaks in the middle of an answer takes with it, by the fetch standard, all
 * that had come and was not read yet: the last words before a server died. Here the answer ends
 * instead, and breaks once it is read to its end.
 */
export class LateBreak {
  readonly #signal: AbortSignal;
  #hasBegun = false;
  #isLeft = false;
  #broken: { readonly by: unknown } | undefined;

  /** @param signal of the request: what is aborted breaks at once. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Stands between the connection and whoever makes an answer of it. */
  readonly held: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (...all) => handler.onRequestStart?.(...all),
      onRequestUpgrade: (...all) => handler.onRequestUpgrade?.(...all),
      onResponseStart: (controller, status, ...rest) => {
        this.#hasBegun ||= status >= 200;
        handler.onResponseStart?.(controller, status, ...rest);
      },
      onResponseData: (...all) => handler.onResponseData?.(...all),
      onResponseEnd: (...all) => handler.onResponseEnd?.(...all),
      onResponseError: (controller, error) => {
        if (!this.#hasBegun || this.#isLeft || this.#signal.aborted)
          return handler.onResponseError?.(controller, error);
        this.#broken = { by: error };
        handler.onResponseEnd?.(controller, {});
      },
    });

  /** The same body, which breaks after its last byte if the connection did. */
  in(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const { done, value } = await reader.read();
          if (!done) controller.enqueue(value);
          else if (this.#broken !== undefined) controller.error(this.#broken.by);
          else controller.close();
        },
        cancel: (reason) => {
          this.#isLeft = true;
          return reader.cancel(reason);
        },
      },
      // What is read ahead would be lost to the break.
      { highWaterMark: 0 },
    );
  }
}
