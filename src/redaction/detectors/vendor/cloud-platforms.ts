// Credentials of hosting platforms, infrastructure tools and databases as a service.
import { base62, base64, base64url, digits } from '../../bytes.ts';
import { base64Padded, base64urlDot, lowerDash, lowerDigits, lowerHex, upperDigits } from './alphabets.ts';
import { atLeast, between, exactly, form, named } from './form.ts';
import { decodesTo, mixed, random } from './structures.ts';
import { detector } from './verify.ts';

const family = 'cloud' as const;
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const uuidParts = [exactly(8, lowerHex), '-', exactly(4, lowerHex), '-', exactly(4, lowerHex), '-', exactly(4, lowerHex), '-', exactly(12, lowerHex)];

export const platformDetectors = [
  detector({
    name: 'digitalocean-token', family, title: 'DigitalOcean token', check: 'shape',
    doc: 'Personal, OAuth and refresh tokens of DigitalOcean.', facts: 'dop_v1_, doo_v1_ or dor_v1_ and 64 hex digits.', source: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/',
    tokens: ['dop_v1_', 'doo_v1_', 'dor_v1_'].map((prefix) => form([prefix, exactly(64, lowerHex)], { anchor: '_v1_', offset: 3 })),
  }),
  detector({
    name: 'databricks-token', family, title: 'Databricks token', check: 'shape',
    doc: 'Personal access tokens and OAuth secrets of Databricks.', facts: 'dapi or dose and 32 hex digits, sometimes with - and a digit behind.', source: 'https://docs.databricks.com/aws/en/dev-tools/auth/pat',
    tokens: ['dapi', 'dose'].flatMap((prefix) => [form([prefix, exactly(32, lowerHex), '-', exactly(1, digits)], { anchor: prefix }), form([prefix, exactly(32, lowerHex)], { anchor: prefix })]),
  }),
  detector({
    name: 'terraform-token', family, title: 'HCP Terraform token', check: 'shape',
    doc: 'User, team and organization tokens of HCP Terraform and Terraform Enterprise.', facts: '14 base-62 characters, .atlasv1. and 60 or more base64url characters.', source: 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
    tokens: [form([exactly(14, base62), '.atlasv1.', between(60, 80, base64url)], { anchor: 'lasv', offset: 17, keep: 0 })],
  }),
  detector({
    name: 'vault-token', family, title: 'HashiCorp Vault token', check: 'shape',
    doc: 'Service, batch and recovery tokens of HashiCorp Vault.', facts: 'hvs., hvb. or hvr. and 24 or more base64url characters.', source: 'https://developer.hashicorp.com/vault/docs/concepts/tokens',
    tokens: ['hvs.', 'hvb.', 'hvr.'].map((prefix) => form([prefix, atLeast(24, base64url)], { judge: random(4) })),
  }),
  detector({
    name: 'consul-token', family, title: 'HashiCorp Consul or Nomad token', check: 'context',
    doc: 'ACL tokens of Consul and Nomad, by the name before them.', facts: 'A UUID after X-Consul-Token, CONSUL_HTTP_TOKEN, X-Nomad-Token or NOMAD_TOKEN.', source: 'https://developer.hashicorp.com/consul/docs/security/acl/tokens',
    contexts: [named(['onsul', 'nomad'], String.raw`[\w.-]{0,8}(?:consul|nomad)[\w.-]{0,8}token`, uuid, mixed)],
  }),
  detector({
    name: 'doppler-token', family, title: 'Doppler token', check: 'shape',
    doc: 'Personal, service, CLI, SCIM and audit tokens of Doppler.', facts: 'dp., pt, st, ct, sa, scim or audit (a config name may follow st), . and 40 to 44 base-62 characters.', source: 'https://docs.doppler.com/reference/auth-token-formats',
    tokens: [...['dp.pt.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.', 'dp.st.'].map((prefix) => form([prefix, between(40, 44, base62)])), form(['dp.st.', between(2, 60, lowerDash), '.', between(40, 44, base62)])],
  }),
  detector({
    name: 'cloudflare-token', family, title: 'Cloudflare token', check: 'shape',
    doc: 'API tokens and keys of Cloudflare, prefixed or by the name before them, and origin CA keys.', facts: 'cfut_, cfat_ or cfk_, 40 base-62 characters and 8 hex digits; 40 base64url characters after a name with cloudflare; v1.0-, 24 hex digits, - and 146 hex digits.', source: 'https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/',
    tokens: [...['cfut_', 'cfat_', 'cfk_'].map((prefix) => form([prefix, between(44, 56, base64url)], { judge: random(5) })), form(['v1.0-', exactly(24, lowerHex), '-', exactly(146, lowerHex)])],
    contexts: [named(['udfla', 'cf_api', 'h-key'], String.raw`[\w.-]{0,16}(?:cloudflare|cf_api|x-auth)[\w.-]{0,16}(?:token|key)`, '(?:[0-9a-f]{37}|[A-Za-z0-9_-]{40})', random(0, 0.96))],
  }),
  detector({
    name: 'heroku-key', family, title: 'Heroku key', check: 'shape',
    doc: 'API keys of Heroku, prefixed or by the name before them.', facts: 'HRKU-AA and 58 base64url characters, or HRKU- and a UUID; before, a UUID after a name with heroku.', source: 'https://devcenter.heroku.com/articles/authentication',
    tokens: [form(['HRKU-', ...uuidParts]), form(['HRKU-AA', exactly(58, base64url)], { keep: 5 })],
    contexts: [named(['eroku'], String.raw`[\w.-]{0,16}heroku[\w.-]{0,8}(?:key|token|secret)`, uuid, mixed)],
  }),
  detector({
    name: 'netlify-token', family, title: 'Netlify token', check: 'shape',
    doc: 'Personal access tokens of Netlify.', facts: 'nfp_ (also nfc_, nfo_, nfu_) and 36 base-62 characters.', source: 'https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/',
    tokens: ['nfp_', 'nfc_', 'nfo_', 'nfu_'].map((prefix) => form([prefix, between(36, 40, base62)])),
  }),
  detector({
    name: 'vercel-token', family, title: 'Vercel token', check: 'shape',
    doc: 'Access tokens, keys and secrets of Vercel, prefixed or by the name before them.', facts: 'vcp_, vci_, vca_, vcr_ or vck_ and 50 or more base-62 characters; vercel_blob_rw_, an id, _ and 30 characters; 24 base-62 characters after a name with vercel and token.', source: 'https://vercel.com/docs/accounts/access-tokens',
    tokens: [...['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'].map((prefix) => form([prefix, atLeast(50, base62)])), form(['vercel_blob_rw_', between(10, 30, base62), '_', between(28, 40, base62)], { anchor: 'ob_r', offset: 9 })],
    contexts: [named(['ercel'], String.raw`[\w.-]{0,16}vercel[\w.-]{0,8}token`, '[A-Za-z0-9]{24}', random(0, 0.96))],
  }),
  detector({
    name: 'fly-io-token', family, title: 'Fly.io token', check: 'shape',
    doc: 'Access tokens of Fly.io: macaroons and older personal tokens.', facts: 'fm1r_, fm1a_ or fm2_ and base64 of 100 characters or more; fo1_ and 43 base64url characters.', source: 'https://fly.io/docs/security/tokens/',
    tokens: [...['fm1r_', 'fm1a_', 'fm2_'].map((prefix) => form([prefix, atLeast(100, base64Padded)])), form(['fo1_', exactly(43, base64url)])],
  }),
  detector({
    name: 'planetscale-token', family, title: 'PlanetScale token', check: 'shape',
    doc: 'Service and OAuth tokens and passwords of PlanetScale.', facts: 'pscale_tkn_, pscale_oauth_ or pscale_pw_ and 32 to 64 base64url characters.', source: 'https://planetscale.com/docs/api/reference/service-tokens',
    tokens: ['pscale_tkn_', 'pscale_oauth_', 'pscale_pw_'].map((prefix) => form([prefix, between(32, 64, base64urlDot)], { anchor: 'pscal' })),
  }),
  detector({
    name: 'supabase-key', family, title: 'Supabase key', check: 'shape',
    doc: 'Management tokens and secret API keys of Supabase.', facts: 'sbp_ (sometimes with oauth_ or v0_) and 40 hex digits; sb_secret_, 22 base64url characters, _ and 8.', source: 'https://supabase.com/docs/guides/api/api-keys',
    tokens: [...['sbp_', 'sbp_oauth_', 'sbp_v0_'].map((prefix) => form([prefix, exactly(40, lowerHex)])), form(['sb_secret_', exactly(22, base64url), '_', exactly(8, base64url)])],
  }),
  detector({
    name: 'tailscale-key', family, title: 'Tailscale key', check: 'shape',
    doc: 'Auth, API, client, SCIM and webhook keys of Tailscale.', facts: 'tskey-, a kind, -, an id, - and 20 to 48 base-62 characters.', source: 'https://tailscale.com/kb/1085/auth-keys',
    tokens: ['tskey-auth-', 'tskey-api-', 'tskey-client-', 'tskey-scim-', 'tskey-webhook-'].map((prefix) => form([prefix, between(8, 24, base62), '-', between(20, 48, base62)])),
  }),
  detector({
    name: 'scaleway-key', family, title: 'Scaleway key', check: 'shape',
    doc: 'Access keys of Scaleway, and secret keys by the name before them.', facts: 'SCW and 17 capitals and digits; a UUID after a name with scw or scaleway and secret.', source: 'https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/',
    tokens: [form(['SCW', exactly(17, upperDigits)])],
    contexts: [named(['scw_s', 'leway'], String.raw`[\w.-]{0,16}(?:scw|scaleway)[\w.-]{0,8}secret[\w.-]{0,8}`, uuid, mixed)],
  }),
  detector({
    name: 'linode-token', family, title: 'Linode or Hetzner token', check: 'context',
    doc: 'API tokens of Linode (Akamai), Hetzner Cloud and Vultr, by the name before them.', facts: '64 hex digits after a name with linode; 64 base-62 characters after hcloud or hetzner; 36 capitals and digits after vultr.', source: 'https://techdocs.akamai.com/linode-api/reference/get-started',
    contexts: [
      named(['inode_', 'inode-', 'inode.'], String.raw`[\w.-]{0,16}linode[\w.-]{0,12}(?:token|key)`, '[0-9a-f]{64}', mixed), named(['hclou', 'etzne'], String.raw`[\w.-]{0,16}(?:hcloud|hetzner)[\w.-]{0,12}(?:token|key)`, '[A-Za-z0-9]{64}', random(0, 0.96)),
      named(['vultr'], String.raw`[\w.-]{0,16}vultr[\w.-]{0,12}(?:token|key)`, '[A-Z0-9]{36}', mixed),
    ],
  }),
  detector({
    name: 'render-key', family, title: 'Render key', check: 'shape',
    doc: 'API keys of Render.', facts: 'rnd_ and 28 or more base-62 characters.', source: 'https://render.com/docs/api',
    tokens: [form(['rnd_', between(28, 40, base62)], { judge: random(4) })],
  }),
  detector({
    name: 'neon-key', family, title: 'Neon key', check: 'shape',
    doc: 'API keys of Neon.', facts: 'napi_ and 40 or more small letters and digits.', source: 'https://neon.com/docs/manage/api-keys',
    tokens: [form(['napi_', atLeast(40, lowerDigits)], { judge: random(5) })],
  }),
  detector({
    name: 'mongodb-atlas-secret', family, title: 'MongoDB Atlas service account secret', check: 'shape',
    doc: 'Secrets of MongoDB Atlas service accounts.', facts: 'mdb_sa_sk_ and 40 or more base64url characters.', source: 'https://www.mongodb.com/docs/atlas/api/service-accounts-overview/',
    tokens: [form(['mdb_sa_sk_', atLeast(40, base64url)])],
  }),
  detector({
    name: 'confluent-secret', family, title: 'Confluent Cloud secret', check: 'shape',
    doc: 'API secrets of Confluent Cloud.', facts: 'cflt and 60 base64 characters.', source: 'https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html',
    tokens: [form(['cflt', exactly(60, base64)], { judge: random(4) })],
  }),
  detector({
    name: 'infracost-key', family, title: 'Infracost key', check: 'shape',
    doc: 'API keys of Infracost.', facts: 'ico- and 32 base-62 characters.', source: 'https://www.infracost.io/docs/',
    tokens: [form(['ico-', exactly(32, base62)], { judge: random(4) })],
  }),
  detector({
    name: 'onepassword-token', family, title: '1Password service account token', check: 'structure',
    doc: 'Tokens of 1Password service accounts.', facts: 'ops_ and base64url of a JSON object with signInAddress, userAuth, email and secretKey.', source: 'https://developer.1password.com/docs/service-accounts/',
    tokens: [form(['ops_eyJ', atLeast(200, base64url)], { keep: 4, anchor: 'ops_', judge: decodesTo(4, /^\{"/) })],
  }),
  detector({
    name: 'onepassword-secret-key', family, title: '1Password secret key', check: 'shape',
    doc: 'The secret key of a 1Password account.', facts: 'A3-, 6 and 6 capitals and digits, and 5-5-5-5 or 11-5-5-5 groups.', source: 'https://support.1password.com/secret-key-security/',
    tokens: [[6, 5, 5, 5, 5], [11, 5, 5, 5]].map((groups) => form(['A3-', exactly(6, upperDigits), ...groups.flatMap((count) => ['-', exactly(count, upperDigits)])])),
  }),
];
