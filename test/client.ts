import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";

/** One message of the Jupyter protocol, as far as the tests look at it. */
interface Message {
  readonly header: { readonly msg_type: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly content: Record<string, any>;
}

/** What a request led to: the reply, and the outputs in order as a notebook would keep them. */
export interface Result {
  readonly reply: Record<string, any>;
  readonly outputs: readonly Message[];
}

/** A request that is under way. */
interface Waiting {
  readonly messages: Message[];
  readonly look: (messages: readonly Message[]) => void;
  readonly done: (result: Result) => void;
  reply?: Message;
}

const DELIMITER = "<IDS|MSG>";

/** A kernel as Jupyter starts it, spoken to directly, so that a test needs no Python and no second per cell. */
export class Kernel {
  readonly #key = randomUUID();
  readonly #shell = new Dealer();
  readonly #iopub = new Subscriber();
  readonly #waiting = new Map<string, Waiting>();
  readonly #folder = mkdtempSync(join(tmpdir(), "kernel-"));
  readonly process: ChildProcess;

  private constructor(command: readonly string[], cwd: string, ports: readonly number[]) {
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
    const file = join(this.#folder, "connection.json");
    const info = { shell_port, iopub_port, stdin_port, control_port, hb_port, ip: "127.0.0.1", transport: "tcp" };
    writeFileSync(file, JSON.stringify({ ...info, key: this.#key, signature_scheme: "hmac-sha256" }));
    this.process = spawn(process.execPath, [...command, file], { cwd, stdio: ["ignore", "inherit", "inherit"] });
    this.#shell.connect(`tcp://127.0.0.1:${shell_port}`);
    this.#iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
    this.#iopub.subscribe();
    void this.#listen(this.#shell, true);
    void this.#listen(this.#iopub, false);
  }

  /**
   * Starts `node ...command CONNECTION_FILE` in a folder and waits until it answers; one that ends or stays silent, as
   * when somebody took one of its ports meanwhile, is started again on others.
   */
  static async start(command: readonly string[], cwd: string): Promise<Kernel> {
    for (let tries = 1; ; tries++) {
      const kernel = new Kernel(command, cwd, await freePorts(5));
      if (await kernel.#answers()) return kernel;
      kernel.#close();
      if (tries === 3) throw new Error(`The kernel of ${command.join(" ")} did not answer.`);
    }
  }

  /** Whether the kernel answers within a minute and a half. */
  async #answers(): Promise<boolean> {
    const connected = { now: false };
    // what the kernel publishes before the subscription has reached it is lost: ask until an answer is whole
    for (let asked = 0; asked < 450 && this.process.exitCode === null; asked++) {
      void this.request("kernel_info_request", {}).then(() => (connected.now = true));
      await new Promise((resolve) => setTimeout(resolve, 200));
      if (connected.now) return true;
    }
    return false;
  }

  /** Runs the code of one cell; `look` is shown the messages that it has led to so far. */
  execute(code: string, stop_on_error = true, look?: Waiting["look"]): Promise<Result> {
    return this.request("execute_request", { code, silent: false, store_history: true, stop_on_error }, look);
  }

  /** Sends a request; resolves when the kernel has replied and is idle again. */
  request(msg_type: string, content: object, look: Waiting["look"] = () => {}): Promise<Result> {
    const msg_id = randomUUID();
    const header = {
      msg_id,
      msg_type,
      session: "test",
      username: "test",
      version: "5.3",
      date: new Date().toISOString(),
    };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const result = new Promise<Result>((done) => this.#waiting.set(msg_id, { messages: [], look, done }));
    void this.#shell.send([DELIMITER, this.#sign(parts), ...parts]);
    return result;
  }

  /** Ends the kernel, as Jupyter would, and says whether it went by itself. */
  async stop(): Promise<boolean> {
    const gone = new Promise<boolean>((resolve) => {
      this.process.once("exit", () => resolve(true));
      setTimeout(() => resolve(false), 100_000).unref();
    });
    void this.request("shutdown_request", { restart: false });
    const byItself = await gone;
    this.#close();
    return byItself;
  }

  #close(): void {
    if (this.process.exitCode === null) this.process.kill("SIGKILL");
    this.#shell.close();
    this.#iopub.close();
    rmSync(this.#folder, { recursive: true });
  }

  #sign(parts: readonly string[]): string {
    const hash = createHmac("sha256", this.#key);
    for (const part of parts) hash.update(part);
    return hash.digest("hex");
  }

  async #listen(socket: Dealer | Subscriber, isReply: boolean): Promise<void> {
    for await (const frames of socket) {
      const at = frames.findIndex((frame) => frame.toString() === DELIMITER);
      const [header, parent_header, , content] = frames.slice(at + 2).map((frame) => JSON.parse(frame.toString()));
      this.#receive({ header, parent_header, content }, isReply);
    }
  }

  #receive(message: Message, isReply: boolean): void {
    const id = message.parent_header.msg_id ?? "";
    const entry = this.#waiting.get(id);
    if (!entry) return;
    if (isReply) entry.reply = message;
    else entry.messages.push(message), entry.look(entry.messages);
    const idle = entry.messages.some(({ content }) => content.execution_state === "idle");
    if (!entry.reply || !idle) return;
    this.#waiting.delete(id);
    entry.done({ reply: entry.reply.content, outputs: entry.messages.filter(isOutput) });
  }
}

const isOutput = ({ header }: Message): boolean => !["status", "execute_input"].includes(header.msg_type);

/** Ports that nobody listens on at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
