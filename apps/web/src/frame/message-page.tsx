import Link from 'next/link';
import { Message, type MessageProps } from '#src/frame/message.tsx';
import { Wordmark } from '#src/frame/wordmark.tsx';

/** A page outside of the frame that only says something. */
export function MessagePage(props: MessageProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col px-4 py-8 sm:px-6">
      <Link href="/" className="self-start rounded-md">
        <Wordmark />
      </Link>
      <div className="my-auto">
        <Message {...props} />
      </div>
    </main>
  );
}
