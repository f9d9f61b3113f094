// Tokens and keys that vendors issue, family by family.
import type { Detector } from '../../types.ts';
import { awsAndGoogleDetectors } from './cloud-aws-google.ts';
import { azureDetectors } from './cloud-azure.ts';
import { platformDetectors } from './cloud-platforms.ts';
import { aiDetectors } from './saas-ai.ts';
import { messagingDetectors } from './saas-messaging.ts';
import { observabilityDetectors } from './saas-observability.ts';
import { paymentDetectors } from './saas-payments.ts';
import { workDetectors } from './saas-work.ts';
import { sourceControlDetectors } from './source-control.ts';

export const vendorDetectors: readonly Detector[] = [
  ...sourceControlDetectors, ...awsAndGoogleDetectors, ...azureDetectors, ...platformDetectors, ...messagingDetectors, ...paymentDetectors, ...observabilityDetectors, ...aiDetectors, ...workDetectors,
];

export { azureKeySeeds, azureKeySignatures } from './azure-keys.ts';
export { marvin32 } from './marvin.ts';
