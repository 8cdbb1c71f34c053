/** What the screens between a portal and its person say. */
export const portalWords = {
  ru: {
    consent: (portal: string) => `Разрешить вход в «${portal}»?`,
    allow: "Разрешить и войти",
    closed: (portal: string) => `Портал «${portal}» для вас закрыт`,
    signOut: "Выйти?",
    out: "Выйти отовсюду на этом устройстве",
    over: "Этот вход уже завершён",
    wrong: "Портал прислал неверный запрос",
  },
  en: {
    consent: (portal: string) => `Let “${portal}” sign you in?`,
    allow: "Allow and sign in",
    closed: (portal: string) => `“${portal}” is closed to you`,
    signOut: "Sign out?",
    out: "Sign out everywhere on this device",
    over: "This sign-in is over",
    wrong: "The portal sent a wrong request",
  },
} as const;
