// The agents as the audit's views need them, by their numbers.
export interface AuditAgent { readonly no: number; readonly id: string; readonly name: string; readonly connected: boolean; readonly lastSeenAt: string; /** It has an exporter with a destination; absent: it has not said. */ readonly downstream?: boolean }
export interface FleetView { readonly all: readonly AuditAgent[]; find(no: number): AuditAgent | null }
