/** A listening OTLP receiver. */
export interface Receiver {
  readonly port: number;
  /** Stops listening and lets requests under way finish. */
  stop(): Promise<void>;
}

/** Port 0 takes any free port. */
export interface ReceiverAddress { readonly host: string; readonly port: number; readonly portVariable: string }
