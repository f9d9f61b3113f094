// The detectors' own code, fetched with this view and never with the first page.
import { useQuery } from '@tanstack/react-query';

export type Redaction = typeof import('../../../../redaction/index.ts');

export const useRedaction = () => useQuery({ queryKey: ['code', 'redaction'], queryFn: (): Promise<Redaction> => import('../../../../redaction/index.ts'), staleTime: Infinity, gcTime: Infinity, structuralSharing: false });
