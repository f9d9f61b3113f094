export { inputLimits, TelemetryReader, type TelemetryFormat, type TelemetryInput } from './telemetry-reader.ts';
export { splitRequest } from './split.ts';
