// Every detector, in the order in which people read them. One family per file.
import type { Detector } from '../types.ts';
import { secretAssignment } from './assignment.ts';
import { basicAuth, bearer, jwt, urlCredentials } from './http-auth.ts';
import { paymentCard } from './payment-card.ts';
import { email, ipv4 } from './personal.ts';
import { privateKey } from './private-key.ts';
import { vendorTokens } from './vendor-tokens.ts';

export const detectors: readonly Detector[] = [...vendorTokens, jwt, bearer, basicAuth, urlCredentials, privateKey, secretAssignment, email, ipv4, paymentCard];
