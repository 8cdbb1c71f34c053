/** The overview, and what every page says; the topics are in `words/`, one per file. */
import { inBothLanguages, type Language } from "../platform/language/language.ts";
import type { TopicId, WayOn } from "./help.ts";
import { byCode } from "./words/by-code.ts";
import { byLetter } from "./words/by-letter.ts";
import { byPhone } from "./words/by-phone.ts";
import { change } from "./words/change.ts";
import { changeEmail } from "./words/change-email.ts";
import { changePhone } from "./words/change-phone.ts";
import { controlString } from "./words/control-string.ts";
import { forgotLogin } from "./words/forgot-login.ts";
import { invited } from "./words/invited.ts";
import { keepPassword } from "./words/keep-password.ts";
import { noLetter } from "./words/no-letter.ts";
import { noMailbox } from "./words/no-mailbox.ts";
import { outdated } from "./words/outdated.ts";
import { portals } from "./words/portals.ts";
import { security } from "./words/security.ts";
import { social } from "./words/social.ts";
import { support } from "./words/support.ts";
import type { Told } from "./words/topic.ts";

export type { Block, Topic } from "./words/topic.ts";

interface Way {
  readonly title: string;
  readonly text: string;
}

interface HelpWords {
  readonly overview: {
    readonly title: string;
    readonly lead: string;
    readonly ways: {
      readonly recovery: Way;
      readonly ownPage: Way;
      readonly desk: Way;
      readonly administrator: Way;
    };
    readonly situations: string;
    readonly elsewhere: string;
    readonly back: string;
  };
  readonly topic: { readonly elsewhere: string; readonly next: string; readonly back: string };
  readonly buttons: Readonly<Record<WayOn, string>>;
  readonly sender: string;
  readonly administrator: { readonly label: string; readonly unknown: string };
}

export const words = inBothLanguages<HelpWords>({
  ru: {
    overview: {
      title: "Помощь со входом",
      lead: "Пароль возвращают тремя путями. Какой ваш — зависит от того, открывается ли почта аккаунта.",
      ways: {
        recovery: {
          title: "Восстановление письмом",
          text: "Пароль забыт, а почта открывается. Придёт письмо со ссылкой, прежний пароль не понадобится.",
        },
        ownPage: {
          title: "Своя страница",
          text: "Пароль известен, и вы хотите его сменить.",
        },
        desk: {
          title: "Поддержка",
          text: "Нет доступа ни к почте, ни к телефону. Поддержка убедится, что аккаунт ваш, и после ожидания пришлёт ссылку для нового пароля.",
        },
        administrator: {
          title: "Администратор портала",
          text: "Почта недоступна или забыт логин. Администратор проверит, что аккаунт ваш, и подскажет, что делать.",
        },
      },
      situations: "Что случилось",
      elsewhere: "Как бывает на других порталах",
      back: "Вернуться ко входу",
    },
    topic: {
      elsewhere: "На этом портале пароль восстанавливают иначе. Здесь вам подойдёт:",
      next: "Что ещё может помочь",
      back: "Вся помощь",
    },
    buttons: {
      recover: "Восстановить пароль",
      remind: "Напомнить логин",
      signIn: "Войти",
      myPage: "Моя страница",
      support: "Как написать администратору",
      desk: "Написать в поддержку",
    },
    sender: "Отправитель служебных писем",
    administrator: {
      label: "Кому писать",
      unknown: "Администратор вашего портала — тот, кто завёл вам аккаунт. Обычно это ИТ-отдел компании.",
    },
  },
  en: {
    overview: {
      title: "Help with signing in",
      lead: "There are three ways back to a password. Which one is yours depends on whether you can open the account's mailbox.",
      ways: {
        recovery: {
          title: "Recovery by e-mail",
          text: "The password is forgotten and the mailbox opens. A message with a link arrives; the old password is not needed.",
        },
        ownPage: {
          title: "Your own page",
          text: "You know the password and want to change it.",
        },
        desk: {
          title: "Support",
          text: "Neither the mailbox nor the phone is within reach. Support makes sure that the account is yours and, after a wait, sends a link for a new password.",
        },
        administrator: {
          title: "The portal's administrator",
          text: "The mailbox is out of reach, or the login is forgotten. The administrator makes sure that the account is yours and tells you what to do.",
        },
      },
      situations: "What happened",
      elsewhere: "How other portals do it",
      back: "Back to sign in",
    },
    topic: {
      elsewhere: "This portal recovers passwords in another way. The one for you:",
      next: "What else may help",
      back: "All help",
    },
    buttons: {
      recover: "Reset password",
      remind: "Remind me of my login",
      signIn: "Sign in",
      myPage: "My page",
      support: "How to write to the administrator",
      desk: "Write to support",
    },
    sender: "Sender of service messages",
    administrator: {
      label: "Whom to ask",
      unknown:
        "The administrator of your portal is whoever made your account: usually the company's IT department.",
    },
  },
});

export const topicWords: Readonly<Record<TopicId, Readonly<Record<Language, Told>>>> = {
  invited: invited,
  "by-letter": byLetter,
  "control-string": controlString,
  "by-code": byCode,
  "by-phone": byPhone,
  "no-letter": noLetter,
  outdated: outdated,
  "forgot-login": forgotLogin,
  "no-mailbox": noMailbox,
  support: support,
  social: social,
  portals: portals,
  change: change,
  "change-email": changeEmail,
  "change-phone": changePhone,
  "keep-password": keepPassword,
  security: security,
};
