// What every mock route is made of: its address and its refusals.
import { HttpResponse } from 'msw/http';
import type { ApiError } from '../src/model/index.ts';

export const at = (path: string) => `*/api/v1${path}`;

export const problem = (status: number, code: string, message: string, help?: string, issues?: ApiError['error']['issues']) =>
  HttpResponse.json({ error: { code, message, ...(help ? { help } : {}), ...(issues ? { issues } : {}) } }, { status });
