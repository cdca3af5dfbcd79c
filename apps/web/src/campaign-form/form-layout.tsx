import type { FormEvent, ReactNode } from 'react';

interface FormLayoutProps {
  label: string;
  onSubmit: () => void;
  fields: ReactNode;
  preview: ReactNode;
  /** What the server said against it. */
  error: string | undefined;
  /** The primary one is a submit button. */
  actions: ReactNode;
}

/** Fields beside their preview; on the phone below each other, with the actions fixed above the tabs. */
export function FormLayout({ label, onSubmit, fields, preview, error, actions }: FormLayoutProps) {
  return (
    <form
      aria-label={label}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        {fields}
        {preview}
      </div>
      <div className="-mx-4 sticky bottom-[calc(3.5rem+env(safe-area-inset-bottom))] z-10 mt-6 border-t bg-canvas px-4 py-3 sm:-mx-6 sm:px-6 lg:bottom-0">
        {error === undefined ? null : (
          <p role="alert" className="mb-2 text-bad text-sm">
            {error}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-3">{actions}</div>
      </div>
    </form>
  );
}
