export { decodeExportResponse, encodeExportResponse, exportResponseJson, fullSuccess, type PartialSuccess } from './export-response.ts';
export { encodeRpcStatus, errorText, rpcCodes, rpcStatusJson, type RpcStatus } from './rpc-status.ts';
