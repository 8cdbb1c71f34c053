/** A mail server that reports what became of a letter. */
import { createTransport } from "nodemailer";

export interface Bounce {
  readonly to: string;
  readonly recipient: string;
  readonly action?: string;
  readonly status: string;
  readonly answer?: string;
  readonly messageId?: string;
  /** Beside the fields of a report; "" as the envelope's sender, unless told otherwise. */
  readonly from?: string;
  readonly raw?: string;
}

/** Brings the report over LMTP, as the machine's own mail server does, and gives the answer. */
export async function bringBounce(port: number, bounce: Bounce): Promise<string> {
  const client = createTransport({ host: "127.0.0.1", port, lmtp: true, ignoreTLS: true } as object);
  try {
    const sent = await client.sendMail({
      envelope: { from: bounce.from ?? "", to: [bounce.to] },
      raw: bounce.raw ?? report(bounce),
    });
    return sent.response;
  } catch (error) {
    return (error as { response?: string; message: string }).response ?? (error as Error).message;
  } finally {
    client.close();
  }
}

function report({ to, recipient, action = "failed", status, answer = status, messageId }: Bounce): string {
  return `From: MAILER-DAEMON@mail.company.example (Mail Delivery System)
To: ${to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: ${messageId ?? `<${Math.random().toString(36).slice(2)}@mail.company.example>`}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.company.example

Final-Recipient: rfc822; ${recipient}
Action: ${action}
Status: ${status}
Remote-MTA: dns; mx.romashka.example
Diagnostic-Code: smtp; ${answer}

--part
Content-Type: text/rfc822-headers

Subject: returned

--part--
`.replaceAll("\n", "\r\n");
}
