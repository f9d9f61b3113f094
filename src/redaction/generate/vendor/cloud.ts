// Recipes for credentials of clouds and platforms.
import { azureIdentifiable, base64Of, base64urlOf } from './checksum.ts';
import type { Recipe } from './recipe.ts';
import { chars, uuid } from './template.ts';
import type { Random } from '../types.ts';

const bytes = (random: Random, count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
const base64 = (count: number) => (random: Random): string => base64Of(bytes(random, count));
const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** As JSON holds a key: PEM with its line ends written out. */
const pem = (random: Random): string => `-----BEGIN PRIVATE KEY-----\\n${Array.from({ length: 6 }, () => chars(random, 'b64', 64)).join('\\n')}\\n-----END PRIVATE KEY-----\\n`;
const onePassword = (random: Random): string => `ops_${base64urlOf(JSON.stringify({ signInAddress: 'team.1password.com', userAuth: { method: 'SRPg-4096', iterations: 650000, salt: chars(random, 'url', 22) }, email: 'x', srpX: chars(random, 'hex', 64), secretKey: chars(random, 'up', 26), deviceUuid: chars(random, 'low', 26) }))}`;

export const cloudRecipes: readonly Recipe[] = [
  { detector: 'aws-access-key-id', prefix: 'AKIA', secrets: ['AKIA<b32:16>', 'ASIA<b32:16>', 'ABIA<b32:16>'], negatives: ['ASIAPACIFIC region', 'AKIA<b32:20>', 'AKIA<b32:12>'] },
  {
    detector: 'aws-secret-access-key', secrets: ['<b62:20>/<b62:9>+<b62:9>', '<b62:40>'],
    lines: ['AWS_SECRET_ACCESS_KEY=§', 'aws_secret_access_key = §', '{"AccessKeyId":"x","SecretAccessKey":"§","Expiration":"2026"}', 'aws.secretKey: "§"', '"secretAccessKey":"§"'],
  },
  {
    detector: 'aws-session-token', secrets: ['IQoJb3JpZ2luX2Vj<b64:300>==', 'FwoGZXIvYXdz<b64:220>='],
    lines: ['AWS_SESSION_TOKEN=§', '{"SessionToken":"§"}', 'X-Amz-Security-Token: §', 'aws_session_token = §'],
  },
  { detector: 'aws-bedrock-key', prefix: 'ABSK', secrets: [(random) => `ABSK${base64Of(latin1Bytes(`BedrockAPIKey-${chars(random, 'low', 4)}-at-${chars(random, 'dig', 12)}:${chars(random, 'b62', 60)}`))}`, (random) => `bedrock-api-key-${base64Of(latin1Bytes(`bedrock.amazonaws.com/?Action=CallWithBearerToken&Host=${chars(random, 'low', 40)}`))}`] },
  { detector: 'aws-mws-token', secrets: [`amzn.mws.${uuid}`, 'amzn1.oa2-cs.v1.<hex:64>'] },
  { detector: 'gcp-api-key', secrets: ['AIza<url:35>'], negatives: ['AIza<url:30>', 'AIza<url:50>'] },
  { detector: 'gcp-oauth-client-secret', secrets: ['GOCSPX-<url:28>'] },
  { detector: 'gcp-oauth-token', prefix: 'ya29.', secrets: ['ya29.<url:140>', '1//0<dig:1><url:60>'] },
  {
    detector: 'gcp-service-account-key', secrets: ['<hex:40>'], lines: ['{"type":"service_account","private_key_id":"§","client_id":"1"}', '{\\"private_key_id\\": \\"§\\"}'],
    more: [{ secrets: [pem], lines: ['{"type":"service_account","private_key":"§","client_id":"1"}'] }],
  },
  { detector: 'firebase-messaging-key', secrets: ['AAAA<url:7>:APA91b<url:134>'] },
  { detector: 'alibaba-access-key-id', prefix: 'LTAI', secrets: ['LTAI5t<b62:18>', 'LTAI<b62:12>'] },
  { detector: 'alibaba-secret-key', secrets: ['<b62:30>'], lines: ['ALIBABA_CLOUD_ACCESS_KEY_SECRET=§', '"aliyun_access_secret": "§"', 'alicloud.secret-key=§'] },
  { detector: 'tencent-secret-id', secrets: ['AKID<b62:32>'] },
  { detector: 'yandex-cloud-key', secrets: ['AQVN<url:36>'] },
  { detector: 'ibm-cloud-key', secrets: ['<url:44>'], lines: ['IBMCLOUD_API_KEY=§', 'ibm_api_key: "§"', 'BLUEMIX_API_KEY=§'] },
  { detector: 'azure-storage-key', secrets: [base64(64)], lines: ['DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=§;EndpointSuffix=core.windows.net', 'AZURE_STORAGE_KEY=§', '{"cosmosPrimaryKey":"§"}'] },
  { detector: 'azure-identifiable-key', prefix: '', secrets: [azureIdentifiable, '<b62:52>JQQJ99<b62:26>'] },
  { detector: 'azure-shared-access-key', secrets: [base64(32)], lines: ['Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=§', 'HostName=hub.azure-devices.net;DeviceId=d1;SharedAccessKey=§'] },
  {
    detector: 'azure-sas-signature', secrets: [base64(32), (random) => encodeURIComponent(base64Of(bytes(random, 32)))],
    lines: ['GET https://shop.blob.core.windows.net/in/a.csv?sv=2024-11-04&sr=b&se=2026-12-01&sig=§', '"url":"https://shop.queue.core.windows.net/q?sp=r&sig=§&se=2026-12-01"'], negatives: ['sig=abc', 'sigterm=15'],
  },
  { detector: 'azure-entra-client-secret', prefix: '', secrets: ['<b62:3>7Q~<b62:31>', '<b62:3>8Q~<b62:34>'] },
  { detector: 'azure-subscription-key', secrets: ['<hex:32>'], lines: ['Ocp-Apim-Subscription-Key: §', '"ocp-apim-subscription-key":"§"'] },
  { detector: 'azure-function-code', secrets: ['<b62:54>=='], lines: ['POST https://shop-fn.azurewebsites.net/api/orders?code=§', 'url=https://shop-fn.azurewebsites.net/api/pay/1?x=1&code=§&y=2'] },
  { detector: 'digitalocean-token', secrets: ['dop_v1_<hex:64>', 'doo_v1_<hex:64>', 'dor_v1_<hex:64>'] },
  { detector: 'databricks-token', secrets: ['dapi<hex:32>', 'dapi<hex:32>-2', 'dose<hex:32>'], negatives: ['dapibus lorem', 'dose 20 mg', 'dapi<hex:20>'] },
  { detector: 'terraform-token', prefix: '', secrets: ['<b62:14>.atlasv1.<url:67>'] },
  { detector: 'vault-token', secrets: ['hvs.<url:24>', 'hvs.CAES<url:90>', 'hvb.<url:130>', 'hvr.<url:24>'] },
  { detector: 'consul-token', secrets: [uuid], lines: ['X-Consul-Token: §', 'CONSUL_HTTP_TOKEN=§', '"X-Nomad-Token":"§"'] },
  { detector: 'doppler-token', secrets: ['dp.pt.<b62:43>', 'dp.ct.<b62:40>', 'dp.st.<b62:43>', 'dp.st.prd_eu.<b62:43>', 'dp.sa.<b62:43>', 'dp.scim.<b62:43>', 'dp.audit.<b62:43>'] },
  { detector: 'cloudflare-token', secrets: ['cfut_<b62:40><hex:8>', 'cfat_<b62:40><hex:8>', 'cfk_<b62:40><hex:8>', 'v1.0-<hex:24>-<hex:146>'], more: [{ secrets: ['<url:38><dig:1>a'], lines: ['CLOUDFLARE_API_TOKEN=§', 'cf_api_token: §'] }, { secrets: ['<hex:37>'], lines: ['X-Auth-Key: §', 'CLOUDFLARE_API_KEY=§'] }] },
  { detector: 'heroku-key', secrets: ['HRKU-AA<url:58>', `HRKU-${uuid}`], prefix: 'HRKU-', more: [{ secrets: [uuid], lines: ['HEROKU_API_KEY=§', '"heroku_token": "§"'] }] },
  { detector: 'netlify-token', secrets: ['nfp_<b62:36>'] },
  { detector: 'vercel-token', secrets: ['vcp_<b62:56>', 'vca_<b62:56>', 'vercel_blob_rw_<b62:16>_<b62:30>'], more: [{ secrets: ['<b62:22>7b'], lines: ['VERCEL_TOKEN=§', '"vercel-token":"§"'] }] },
  { detector: 'fly-io-token', secrets: ['fm2_<b62:180>', 'fm1r_<b62:120>', 'fo1_<url:43>'] },
  { detector: 'planetscale-token', secrets: ['pscale_tkn_<url:43>', 'pscale_oauth_<url:43>', 'pscale_pw_<url:43>'] },
  { detector: 'supabase-key', secrets: ['sbp_<hex:40>', 'sbp_oauth_<hex:40>', 'sb_secret_<url:22>_<url:8>'] },
  { detector: 'tailscale-key', secrets: ['tskey-auth-<b62:12>-<b62:32>', 'tskey-api-<b62:12>-<b62:32>', 'tskey-client-<b62:12>-<b62:40>'] },
  { detector: 'scaleway-key', secrets: ['SCW<up:17>'], negatives: ['SCW<up:12>', 'SCW_DEFAULT_REGION=fr-par'], more: [{ secrets: [uuid], lines: ['SCW_SECRET_KEY=§', 'scaleway_secret: §'] }] },
  { detector: 'linode-token', secrets: ['<hex:64>'], lines: ['LINODE_TOKEN=§', '"linode_api_key":"§"'], more: [{ secrets: ['<b62:64>'], lines: ['HCLOUD_TOKEN=§', 'hetzner-token: §'] }, { secrets: ['<up:36>'], lines: ['VULTR_API_KEY=§'] }] },
  { detector: 'render-key', secrets: ['rnd_<b62:32>'] },
  { detector: 'neon-key', secrets: ['napi_<low:60>'] },
  { detector: 'mongodb-atlas-secret', secrets: ['mdb_sa_sk_<url:43>'] },
  { detector: 'confluent-secret', secrets: ['cflt<b64:60>'] },
  { detector: 'infracost-key', secrets: ['ico-<b62:32>'] },
  { detector: 'onepassword-token', prefix: 'ops_', glued: false, secrets: [onePassword] },
  { detector: 'onepassword-secret-key', secrets: ['A3-<up:6>-<up:6>-<up:5>-<up:5>-<up:5>-<up:5>', 'A3-<up:6>-<up:11>-<up:5>-<up:5>-<up:5>'] },
];
