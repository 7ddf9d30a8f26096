/** An application in NestJS: the client is injected into a guard, which checks the session of each request. */
import 'reflect-metadata';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  Module,
  Req,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type CheckedSession, WorkOS } from 'authkit-session-helpers';

interface SessionRequest {
  headers: { cookie?: string };
  session?: CheckedSession;
}

@Injectable()
class SessionGuard implements CanActivate {
  // NestJS injects by class, so the import must exist at run time.
  constructor(private readonly workos: WorkOS) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<SessionRequest>();
    const response = http.getResponse<{ appendHeader(name: string, value: string): void }>();
    const session = await this.workos.userManagement.checkSession(request);
    for (const [name, value] of session.headers) response.appendHeader(name, value);
    if (!session.authenticated) throw new UnauthorizedException(session.reason);
    request.session = session;
    return true;
  }
}

@Controller()
@UseGuards(SessionGuard)
class ProfileController {
  @Get('profile')
  profile(@Req() { session }: SessionRequest): { id: string | undefined } {
    return { id: session?.user.id };
  }
}

@Module({
  controllers: [ProfileController],
  providers: [{ provide: WorkOS, useFactory: () => new WorkOS() }],
})
class AppModule {}

void NestFactory.create(AppModule, { logger: ['error'] }).then(async (app) => {
  await app.listen(0, '127.0.0.1');
  console.log(`port ${new URL(await app.getUrl()).port}`);
});
