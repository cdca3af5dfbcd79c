import { Button } from '@clipmeter/ui/button';
import { Field } from '@clipmeter/ui/field';

const PASSWORD_LENGTH = 10;

interface AccountFieldsProps {
  /** What the button says. */
  act: string;
  pending: boolean;
  error: string | undefined;
}

/** Name, email and password of a new account. */
export function AccountFields({ act, pending, error }: AccountFieldsProps) {
  return (
    <div className="flex flex-col gap-4">
      <Field label="Name" name="name" autoComplete="name" maxLength={100} required />
      <Field label="Email" name="email" type="email" autoComplete="email" required />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={PASSWORD_LENGTH}
        maxLength={128}
        hint={`At least ${PASSWORD_LENGTH} characters`}
        required
      />
      {error === undefined ? null : (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      )}
      <Button type="submit" tone="primary" pending={pending} className="h-11">
        {act}
      </Button>
    </div>
  );
}

export function readAccount(form: HTMLFormElement): { name: string; email: string; password: string } {
  const data = new FormData(form);
  return {
    name: String(data.get('name')).trim(),
    email: String(data.get('email')).trim(),
    password: String(data.get('password')),
  };
}
