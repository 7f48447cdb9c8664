import type { CodeSample } from '#contract/diagnosis.ts'

/** How the public URL is had behind a proxy or tunnel. */
export const publicUrlSamples: readonly CodeSample[] = [
  {
    language: 'typescript',
    framework: 'Express',
    code: `app.set('trust proxy', 1) // X-Forwarded-Proto and X-Forwarded-Host of your own proxy
const url = \`\${req.protocol}://\${req.host}\${req.originalUrl}\``,
  },
  {
    language: 'typescript',
    framework: 'Fastify',
    code: `const app = fastify({ trustProxy: true })
const url = \`\${request.protocol}://\${request.host}\${request.url}\``,
  },
  {
    language: 'python',
    framework: 'Flask',
    code: `from werkzeug.middleware.proxy_fix import ProxyFix
app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)
url = request.url`,
  },
  {
    language: 'python',
    framework: 'Django',
    code: `# settings.py, behind your own proxy only
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = True
# view
url = request.build_absolute_uri()`,
  },
  {
    language: 'php',
    framework: 'Laravel',
    code: `// bootstrap/app.php
->withMiddleware(fn (Middleware $middleware) => $middleware->trustProxies(at: '*'))
// handler
$url = $request->fullUrl();`,
  },
]
