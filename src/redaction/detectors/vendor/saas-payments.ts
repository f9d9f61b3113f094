// Tokens of payment, shop and business services.
import { base62, base64, base64url, hexDigits, literal } from '../../bytes.ts';
import type { ByteSet } from '../../types.ts';
import { base64urlDot, lowerDigits, lowerHex } from './alphabets.ts';
import { atLeast, between, exactly, form, named } from './form.ts';
import { mixed, random } from './structures.ts';
import { detector } from './verify.ts';

const family = 'saas' as const;
const notBase64: ByteSet = (byte) => base64[byte] === 0;
const uuidParts = [exactly(8, lowerHex), '-', exactly(4, lowerHex), '-', exactly(4, lowerHex), '-', exactly(4, lowerHex), '-', exactly(12, lowerHex)];

export const paymentDetectors = [
  detector({
    name: 'stripe-key', version: 2, family, title: 'Stripe key', check: 'shape',
    doc: 'Stripe secret, restricted and organization keys, live and test (Paystack\u2019s look the same).', facts: 'sk_live_, sk_test_, rk_live_, rk_test_ or sk_org_ and 16 or more base-62 characters.', source: 'https://docs.stripe.com/keys',
    tokens: [...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'].map((prefix) => form([prefix, atLeast(16, base62)], { anchor: prefix.slice(1, 5), offset: 1, judge: random(8) })), form(['sk_org_', atLeast(16, base62)], { judge: random(7) })],
  }),
  detector({
    name: 'stripe-webhook-secret', family, title: 'Stripe webhook secret', check: 'shape',
    doc: 'Signing secrets of webhooks of Stripe (and of Svix, Clerk and Resend, which write them the same way).', facts: 'whsec_ and 24 or more base64 characters.', source: 'https://docs.stripe.com/webhooks/signature',
    tokens: [form(['whsec_', atLeast(24, base64)], { judge: random(6) })],
  }),
  detector({
    name: 'square-token', family, title: 'Square token', check: 'shape',
    doc: 'Access tokens and application secrets of Square.', facts: 'EAAA and 60 base64url characters; sq0atp- and 22; sq0csp- and 43.', source: 'https://developer.squareup.com/docs/build-basics/access-tokens',
    tokens: [form(['sq0atp-', exactly(22, base64url)], { anchor: 'sq0' }), form(['sq0csp-', exactly(43, base64url)], { anchor: 'sq0' }), form(['EAAA', exactly(60, base64url)], { judge: random(4, 0.93) })],
  }),
  detector({
    name: 'braintree-token', family, title: 'PayPal Braintree token', check: 'shape',
    doc: 'Access tokens of PayPal Braintree.', facts: 'access_token$production$ or $sandbox$, 16 small letters and digits, $ and 32 hex digits.', source: 'https://developer.paypal.com/braintree/docs/guides/authorization/overview',
    tokens: ['production', 'sandbox'].map((where) => form([`access_token$${where}$`, exactly(16, lowerDigits), '$', exactly(32, lowerHex)], { anchor: `n$${where.slice(0, 3)}`, offset: 11 })),
  }),
  detector({
    name: 'paypal-secret', family, title: 'PayPal secret', check: 'context',
    doc: 'Client secrets of PayPal applications, by the name before them.', facts: '80 base64url characters that begin with E, after a name with paypal and secret.', source: 'https://developer.paypal.com/api/rest/authentication/',
    contexts: [named(['aypal'], String.raw`[\w.-]{0,16}paypal[\w.-]{0,16}secret`, 'E[A-Za-z0-9_-]{79}', random(0, 0.96))],
  }),
  detector({
    name: 'plaid-token', family, title: 'Plaid token', check: 'shape',
    doc: 'Access tokens of Plaid, and secrets by the name before them.', facts: 'access-sandbox-, access-development- or access-production- and a UUID; 30 hex digits after a name with plaid and secret.', source: 'https://plaid.com/docs/api/tokens/',
    tokens: ['sandbox', 'development', 'production'].map((where) => form([`access-${where}-`, ...uuidParts], { anchor: `ss-${where.slice(0, 3)}`, offset: 4 })),
    contexts: [named(['plaid'], String.raw`[\w.-]{0,16}plaid[\w.-]{0,8}secret`, '[0-9a-f]{30}', mixed)],
  }),
  detector({
    name: 'shopify-token', family, title: 'Shopify token', check: 'shape',
    doc: 'Access tokens and shared secrets of Shopify apps.', facts: 'shpat_, shpca_, shppa_, shpss_, shpua_ or shptka_ and 32 hex digits.', source: 'https://shopify.dev/docs/apps/build/authentication-authorization',
    tokens: ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_', 'shptka_'].map((prefix) => form([prefix, exactly(32, hexDigits)], { anchor: 'shp' })),
  }),
  detector({
    name: 'shippo-token', family, title: 'Shippo token', check: 'shape',
    doc: 'API tokens of Shippo.', facts: 'shippo_live_ or shippo_test_ and 40 hex digits.', source: 'https://docs.goshippo.com/docs/guides_general/authentication/',
    tokens: ['shippo_live_', 'shippo_test_'].map((prefix) => form([prefix, exactly(40, lowerHex)], { anchor: 'ippo_', offset: 2 })),
  }),
  detector({
    name: 'easypost-key', family, title: 'EasyPost key', check: 'shape',
    doc: 'API keys of EasyPost, production and test.', facts: 'EZAK or EZTK and 54 base-62 characters.', source: 'https://docs.easypost.com/docs/authentication',
    tokens: ['EZAK', 'EZTK'].map((prefix) => form([prefix, exactly(54, base62)])),
  }),
  detector({
    name: 'duffel-token', family, title: 'Duffel token', check: 'shape',
    doc: 'Access tokens of Duffel.', facts: 'duffel_live_ or duffel_test_ and 43 base64url characters.', source: 'https://duffel.com/docs/api/overview/authentication',
    tokens: ['duffel_live_', 'duffel_test_'].map((prefix) => form([prefix, exactly(43, base64url)], { anchor: 'fel_', offset: 3 })),
  }),
  detector({
    name: 'flutterwave-key', family, title: 'Flutterwave key', check: 'shape',
    doc: 'Secret keys of Flutterwave, live and test.', facts: 'FLWSECK- or FLWSECK_TEST-, 32 hex digits or letters, and -X.', source: 'https://developer.flutterwave.com/v3.0/docs/authentication',
    tokens: [form(['FLWSECK-', exactly(32, base62), '-X']), form(['FLWSECK_TEST-', between(12, 32, base62), '-X'])],
  }),
  detector({
    name: 'hubspot-token', family, title: 'HubSpot token', check: 'shape',
    doc: 'Access tokens of HubSpot private apps.', facts: 'pat-, na or eu and a digit, - and a UUID.', source: 'https://developers.hubspot.com/docs/apps/legacy-apps/authentication/intro-to-auth',
    tokens: ['pat-na', 'pat-eu', 'pat-ap'].map((prefix) => form([prefix, exactly(1, base62), '-', ...uuidParts])),
  }),
  detector({
    name: 'salesforce-token', family, title: 'Salesforce session', check: 'shape',
    doc: 'Session ids and OAuth access tokens of Salesforce.', facts: '00D and 12 or 15 base-62 characters (the organization), ! and 80 or more characters.', source: 'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_access_tokens.htm',
    tokens: [form(['00D', between(12, 15, base62), '!', atLeast(80, base64urlDot)], { anchor: '00D', judge: random(3, 0.96) })],
  }),
  detector({
    name: 'facebook-token', family, title: 'Facebook token', check: 'shape',
    doc: 'Access tokens of Facebook, Instagram and WhatsApp (Meta).', facts: 'EAA and 80 or more base-62 characters.', source: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens',
    tokens: [form(['EAA', atLeast(80, base62)], { anchor: [notBase64, ...literal('EAA')], offset: -1, before: base64, judge: random(3, 0.92) })],
  }),
];
