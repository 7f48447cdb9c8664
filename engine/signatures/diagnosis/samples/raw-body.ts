import type { CodeSample } from '#contract/diagnosis.ts'

/** How the raw body is had in the common frameworks; `verify` stands for the provider's check. */
export const rawBodySamples: readonly CodeSample[] = [
  {
    language: 'typescript',
    framework: 'Express',
    code: `// Before any express.json(): this route gets the bytes.
app.post('/webhooks', express.raw({ type: '*/*' }), (req, res) => {
  if (!verify(req.body, req.headers)) return res.sendStatus(401)
  const event = JSON.parse(req.body.toString('utf8'))
  res.sendStatus(200)
})`,
  },
  {
    language: 'typescript',
    framework: 'Fastify',
    code: `// In a plugin of its own: the parser counts for its routes only.
app.register(async (scope) => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_req, body, done) => done(null, body))
  scope.post('/webhooks', async (req, reply) => {
    if (!verify(req.body, req.headers)) return reply.code(401).send()
    const event = JSON.parse(req.body.toString('utf8'))
    return reply.code(200).send()
  })
})`,
  },
  {
    language: 'typescript',
    framework: 'Next.js (app router)',
    code: `export async function POST(request: Request) {
  const rawBody = Buffer.from(await request.arrayBuffer()) // not request.json()
  if (!verify(rawBody, request.headers)) return new Response(null, { status: 401 })
  const event = JSON.parse(rawBody.toString('utf8'))
  return new Response(null, { status: 200 })
}`,
  },
  {
    language: 'typescript',
    framework: 'Next.js (pages router)',
    code: `export const config = { api: { bodyParser: false } }

export default async function handler(req, res) {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  const rawBody = Buffer.concat(chunks)
  if (!verify(rawBody, req.headers)) return res.status(401).end()
  const event = JSON.parse(rawBody.toString('utf8'))
  res.status(200).end()
}`,
  },
  {
    language: 'typescript',
    framework: 'NestJS',
    code: `// main.ts
const app = await NestFactory.create(AppModule, { rawBody: true })

// controller
@Post('webhooks')
handle(@Req() req: RawBodyRequest<Request>) {
  if (!verify(req.rawBody, req.headers)) throw new UnauthorizedException()
  const event = req.body
}`,
  },
  {
    language: 'typescript',
    framework: 'Hono',
    code: `app.post('/webhooks', async (c) => {
  const rawBody = Buffer.from(await c.req.arrayBuffer()) // before c.req.json()
  if (!verify(rawBody, c.req.raw.headers)) return c.body(null, 401)
  const event = JSON.parse(rawBody.toString('utf8'))
  return c.body(null, 200)
})`,
  },
  {
    language: 'python',
    framework: 'Flask',
    code: `@app.post("/webhooks")
def webhook():
    raw_body = request.get_data()  # bytes, before request.json or request.form
    if not verify(raw_body, request.headers):
        abort(401)
    event = json.loads(raw_body)
    return "", 200`,
  },
  {
    language: 'python',
    framework: 'FastAPI',
    code: `@app.post("/webhooks")
async def webhook(request: Request):  # no Pydantic model as parameter
    raw_body = await request.body()
    if not verify(raw_body, request.headers):
        raise HTTPException(status_code=401)
    event = json.loads(raw_body)
    return Response(status_code=200)`,
  },
  {
    language: 'python',
    framework: 'Django',
    code: `@csrf_exempt
@require_POST
def webhook(request):
    raw_body = request.body  # bytes, before request.POST
    if not verify(raw_body, request.headers):
        return HttpResponse(status=401)
    event = json.loads(raw_body)
    return HttpResponse(status=200)`,
  },
  {
    language: 'ruby',
    framework: 'Rails',
    code: `class WebhooksController < ActionController::API
  def create
    raw_body = request.raw_post # not params.to_json
    return head :unauthorized unless verify(raw_body, request.headers)
    event = JSON.parse(raw_body)
    head :ok
  end
end`,
  },
  {
    language: 'php',
    framework: 'Laravel',
    code: `Route::post('/webhooks', function (Request $request) {
    $rawBody = $request->getContent(); // not json_encode($request->all())
    abort_unless(verify($rawBody, $request->headers), 401);
    $event = json_decode($rawBody, true);
    return response()->noContent(200);
})->withoutMiddleware([VerifyCsrfToken::class, TrimStrings::class]);`,
  },
  {
    language: 'java',
    framework: 'Spring',
    code: `@PostMapping("/webhooks")
ResponseEntity<Void> webhook(@RequestBody byte[] rawBody, @RequestHeader HttpHeaders headers)
    throws IOException {
  if (!verify(rawBody, headers)) return ResponseEntity.status(401).build();
  JsonNode event = objectMapper.readTree(rawBody);
  return ResponseEntity.ok().build();
}`,
  },
  {
    language: 'csharp',
    framework: 'ASP.NET',
    code: `app.MapPost("/webhooks", async (HttpRequest request) =>
{
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer); // no model binding before this
    var rawBody = buffer.ToArray();
    if (!Verify(rawBody, request.Headers)) return Results.Unauthorized();
    using var document = JsonDocument.Parse(rawBody);
    return Results.Ok();
});`,
  },
]
