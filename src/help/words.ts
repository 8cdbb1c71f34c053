/**
 * Labels of screens stand in «…» (English: “…”) word for word, and nothing else does: a test looks each of
 * them up in the words of its screen.
 */
import { countedEn, countedRu, inBothLanguages } from "../platform/language/language.ts";
import { waitingTime } from "../platform/language/times.ts";
import type { HelpFacts, TopicId, WayOn } from "./help.ts";

/** A piece of a page between its answer and its button. */
export type Block =
  | { readonly kind: "steps"; readonly items: readonly string[] }
  | { readonly kind: "list"; readonly title: string; readonly items: readonly string[] }
  | { readonly kind: "text"; readonly title: string; readonly text: string }
  | { readonly kind: "note" | "warning"; readonly text: string }
  /** The sender's address ready to copy; whom to ask; the outside services with their links. */
  | { readonly kind: "sender" | "administrator" | "services" };

interface Topic {
  readonly title: string;
  /** How a person would say it; the text of links to the page. */
  readonly question: string;
  /** One sentence on top. */
  readonly answer: string;
  readonly blocks: readonly Block[];
}

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
  readonly topics: (facts: HelpFacts) => Readonly<Record<TopicId, Topic>>;
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
    topics: (facts) => {
      const inBox = facts.style === "control-string";
      const linkTime = waitingTime(facts.linkLifetimeMs, "ru");
      const codeTime = waitingTime(facts.codeLifetimeMs, "ru");
      const send = inBox ? "«Выслать контрольную строку»" : "«Далее»";
      const letters = countedRu(facts.lettersPerHour, "письмо", "письма", "писем");
      const newPassword =
        "Введите новый пароль в поля «Новый пароль» и «Подтверждение нового пароля» и нажмите «Сменить пароль».";
      const finish = "Появится «Пароль был успешно изменен». Нажмите «Войти» и войдите с новым паролем.";
      const toAdministrator: Block[] = facts.desk ? [] : [{ kind: "administrator" }];
      const deskSteps = (items: string[]): Block[] => (facts.desk ? [{ kind: "steps", items }] : []);
      return {
        invited: {
          title: "Приглашение на портал",
          question: "Меня пригласили, а входа ещё не было",
          answer: facts.sms
            ? "Приглашение приходит письмом или по SMS. По его ссылке вы сами выбираете, как входить."
            : "Приглашение приходит письмом. По его ссылке вы сами выбираете, как входить.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Откройте приглашение и нажмите «Задать пароль».",
                "Введите пароль в поля «Новый пароль» и «Подтверждение нового пароля» и нажмите «Сохранить пароль».",
                "Нажмите «Войти» и войдите с новым паролем.",
              ],
            },
            ...(facts.services
              ? [
                  {
                    kind: "text",
                    title: "Без пароля",
                    text: "Под полями пароля есть кнопки сервисов. Нажмите свой: приглашение будет принято, и дальше вы входите через него. Пароль можно задать потом — на странице «Моя страница».",
                  } as const,
                ]
              : []),
            {
              kind: "list",
              title: "Если ссылка не работает",
              items: [
                "Она действует 24 часа и срабатывает один раз.",
                "Приглашений несколько — откройте последнее: прежние больше не действуют.",
                "Срок прошёл — попросите администратора прислать новое.",
              ],
            },
            { kind: "administrator" },
            {
              kind: "warning",
              text: "Не ждали приглашения? Ничего не делайте: по нему никто не войдёт.",
            },
          ],
        },
        "by-letter": {
          title: "Восстановление по письму",
          question: "Не помню пароль, почта открывается",
          answer: `Новый пароль задают по ссылке из письма. Она действует ${linkTime}.`,
          blocks: [
            {
              kind: "steps",
              items: [
                "На странице входа нажмите «Забыли пароль?».",
                "Введите e-mail или телефон, с которым входите, в поле «E-mail или телефон» и нажмите «Далее». Логин тоже подойдёт.",
                "Откройте письмо и нажмите в нём «Сменить пароль». Если кнопка не работает, откройте ссылку в конце письма.",
                newPassword,
                finish,
              ],
            },
            {
              kind: "list",
              title: "Полезно знать",
              items: [
                facts.sms
                  ? "Письмо приходит на почту аккаунта. Без доступа к ней укажите телефон: код придёт по SMS."
                  : "Письмо приходит на почту аккаунта, даже если вы указали телефон или логин. Без доступа к почте этот способ не сработает.",
                "Ссылка открывается в любом браузере. Если закрыть страницу, не сменив пароль, её можно открыть снова.",
                "После смены все устройства выходят из аккаунта: на них понадобится новый пароль.",
              ],
            },
          ],
        },
        "control-string": {
          title: "Восстановление по контрольной строке",
          question: "Не помню пароль, почта открывается",
          answer: `Новый пароль задают по ссылке из письма: контрольная строка подставляется сама и действует ${linkTime}.`,
          blocks: [
            {
              kind: "steps",
              items: [
                "На странице входа нажмите «Забыли свой пароль?».",
                "Заполните поле «Логин или e-mail» и нажмите «Выслать контрольную строку».",
                "Откройте письмо и нажмите в нём «Сменить пароль». Если кнопка не работает, откройте ссылку в конце письма.",
                "Поля «Логин» и «Контрольная строка» заполнены сами. Менять их не нужно.",
                newPassword,
                finish,
              ],
            },
            {
              kind: "list",
              title: "Если ссылка не открывается",
              items: [
                "На странице «Проверьте почту» нажмите «Ввести контрольную строку вручную» и перенесите из письма логин и контрольную строку.",
                "Писем несколько — берите оба значения из последнего.",
              ],
            },
            {
              kind: "list",
              title: "Полезно знать",
              items: [
                "Письмо приходит на почту аккаунта. Без доступа к ней этот способ не сработает.",
                "После смены все устройства выходят из аккаунта: на них понадобится новый пароль.",
              ],
            },
          ],
        },
        "by-code": {
          title: "Код из письма",
          question: "Письмо открылось на другом устройстве",
          answer: `Введите шесть цифр из письма в том браузере, где его запросили. Код действует ${codeTime}.`,
          blocks: [
            {
              kind: "steps",
              items: [
                "На устройстве, где хотите войти, нажмите «Забыли пароль?», введите e-mail или телефон и нажмите «Далее».",
                "Оставьте открытой страницу «Проверьте почту».",
                "Откройте письмо на другом устройстве и найдите в нём «Код для другого устройства».",
                "Введите цифры в поле «Код из письма» и нажмите «Продолжить с кодом».",
                newPassword,
                finish,
              ],
            },
            {
              kind: "list",
              title: "Если код не подходит",
              items: [
                "Проверьте браузер: код работает только там, где запрошено письмо. Ссылка из письма работает в любом.",
                "Код устарел или закончились попытки — откройте ссылку из письма или нажмите «Отправить ещё раз».",
                "Писем несколько — введите код из последнего.",
              ],
            },
          ],
        },
        "by-phone": facts.sms
          ? {
              title: "Восстановление по номеру телефона",
              question: "Почта недоступна, телефон со мной",
              answer: `Новый пароль задают по коду из SMS. Он приходит на подтверждённый номер и действует ${codeTime}.`,
              blocks: [
                {
                  kind: "steps",
                  items: [
                    `На странице «Восстановление пароля» введите номер, с которым входите, и нажмите ${send}. Подойдёт любая запись: 8 916 123-45-67, +7 916 123-45-67, 9161234567.`,
                    "Проверьте номер на странице «Введите код из SMS». Если в нём ошибка, нажмите «Изменить номер».",
                    "Введите шесть цифр в поле «Код из SMS» и нажмите «Далее».",
                    newPassword,
                    finish,
                  ],
                },
                {
                  kind: "list",
                  title: "Если код не приходит",
                  items: [
                    "Код приходит только на мобильный номер, который уже подтверждён в аккаунте. Чужим номерам мы не пишем, а страница выглядит одинаково для всех.",
                    `Подождите минуту и нажмите «Отправить ещё раз»: придёт тот же код. Лимит одного номера — ${facts.smsPerHour} SMS в час и ${facts.smsPerDay} в день.`,
                    "Почта открывается — нажмите «Отправить письмом».",
                  ],
                },
                {
                  kind: "warning",
                  text: "Никому не сообщайте код: мы его не спрашиваем. Пришёл код, которого вы не просили, — ничего не делайте, пароль прежний.",
                },
              ],
            }
          : {
              title: "Восстановление по номеру телефона",
              question: "Помню только номер телефона",
              answer: "Укажите номер — письмо придёт на почту аккаунта. Коды по SMS здесь не отправляются.",
              blocks: [
                {
                  kind: "steps",
                  items: [
                    "На странице «Восстановление пароля» введите номер, с которым входите. Подойдёт любая запись: 8 916 123-45-67, +7 916 123-45-67, 9161234567.",
                    `Нажмите ${send}.`,
                    "Проверьте номер на странице «Проверьте почту». Если в нём ошибка, нажмите «Указать другой адрес».",
                    "Откройте письмо на почте аккаунта и нажмите в нём «Сменить пароль».",
                    newPassword,
                  ],
                },
                {
                  kind: "note",
                  text: facts.desk
                    ? "Телефон не заменяет почту: если она недоступна, напишите в поддержку."
                    : "Телефон не заменяет почту: если она недоступна, обратитесь к администратору портала.",
                },
              ],
            },
        "no-letter": {
          title: "Письмо не пришло",
          question: "Письмо не приходит",
          answer: "Чаще всего письмо лежит в папке «Спам» или «Рассылки» либо в адресе опечатка.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Посмотрите папки «Спам» и «Рассылки».",
                "Проверьте адрес: на странице «Проверьте почту» он показан так, как вы его ввели. Если в нём ошибка, нажмите «Указать другой адрес».",
                "Вспомните, та ли это почта. Письмо приходит только на почту, указанную в аккаунте: чужим адресам мы не пишем, а страница выглядит одинаково для всех.",
                `Подождите минуту и нажмите «Отправить ещё раз». Лимит одного аккаунта — ${letters} в час и ${facts.lettersPerDay} в день.`,
                "Писем несколько — откройте последнее: номер в его теме тот же, что на странице «Проверьте почту».",
                ...(facts.sms ? ["Телефон с вами — нажмите «Отправить код по SMS»."] : []),
              ],
            },
            {
              kind: "text",
              title: "У компании свой почтовый домен",
              text: "Попросите администратора почты внести отправителя в белый список. Все служебные письма приходят только с этого адреса.",
            },
            { kind: "sender" },
          ],
        },
        outdated: {
          title: "Неверное контрольное слово",
          question: "Открывается страница «Неверное контрольное слово»",
          answer: "Эта ссылка устарела. Пароль меняют по ссылке из последнего письма.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Если вы запрашивали несколько писем, на странице названы номер и время верного.",
                "Найдите письмо с этим номером в теме и откройте ссылку из него.",
                "Если такого письма нет, нажмите «Отправить новое письмо» или «Запросить новое письмо»: на странице будет одна из этих кнопок.",
              ],
            },
            {
              kind: "list",
              title: "Почему ссылка перестаёт работать",
              items: [
                "Вы запросили новое письмо, а открыли прежнее.",
                `Ссылка действует ${linkTime}, и это время прошло.`,
                "По этой ссылке пароль уже сменили.",
                "После письма изменились пароль или данные аккаунта.",
                "Ссылка скопирована не целиком.",
                ...(inBox ? ["Логин и контрольная строка взяты из разных писем."] : []),
              ],
            },
            {
              kind: "warning",
              text: "По ссылке сменили пароль, и это были не вы — сразу отправьте новое письмо и задайте другой пароль.",
            },
          ],
        },
        "forgot-login": {
          title: "Забыт логин",
          question: "Не помню логин",
          answer: facts.desk
            ? "Логин напомнит письмо. Если не помните и почту, напишите в поддержку."
            : "Логин напомнит письмо. Если не помните и почту, спросите администратора портала.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Откройте страницу «Напомнить логин».",
                "Введите почту, к которой привязан аккаунт, в поле «E-mail» и нажмите «Напомнить логин».",
                "Откройте письмо: в нём логины всех аккаунтов этой почты.",
              ],
            },
            {
              kind: "text",
              title: "С чем можно войти",
              text: "Вместо логина подойдут e-mail или телефон аккаунта — и для входа, и для восстановления пароля.",
            },
            ...toAdministrator,
          ],
        },
        "no-mailbox": {
          title: "Нет доступа к почте",
          question: "Почта аккаунта не открывается",
          answer: facts.desk
            ? "Без почты восстановление письмом не сработает: верните доступ к ящику или напишите в поддержку."
            : "Без почты восстановление письмом не сработает: верните доступ к ящику или напишите администратору.",
          blocks: [
            {
              kind: "list",
              title: "Что с ящиком",
              items: [
                "Забыт пароль от почты — восстановите его у почтового сервиса, затем запросите письмо.",
                "Ящик рабочий — доступ к нему вернёт администратор почты вашей компании.",
                facts.desk
                  ? "Ящик удалён или потерян — напишите в поддержку."
                  : "Ящик удалён или потерян — напишите администратору портала.",
              ],
            },
            {
              kind: "note",
              text: facts.sms
                ? "Телефон аккаунта с вами? Укажите его номер на странице «Восстановление пароля»: код придёт по SMS."
                : "Телефон не заменяет почту: письмо придёт на неё, даже если указать номер.",
            },
          ],
        },
        support: {
          title: "Нет доступа к почте и телефону",
          question: "Нет доступа ни к почте, ни к телефону",
          answer: facts.desk
            ? "Отправьте обращение по ссылке «Нет доступа к почте и телефону?» внизу любой страницы. Поддержка убедится, что это вы, и после ожидания пришлёт ссылку для нового пароля."
            : "Напишите администратору портала: он убедится, что аккаунт ваш, и вернёт доступ.",
          blocks: [
            ...deskSteps([
              "Укажите логин или прежний e-mail, адрес для ответа и что случилось. Подтвердите адрес по письму.",
              "На странице обращения видно, чего ждёт поддержка: код на телефон аккаунта, слово коллеги, встреча.",
              "Решение принимают два сотрудника. Все контакты аккаунта предупредят: владелец может остановить обращение.",
              "Когда ожидание закончится, откройте ссылку из письма и задайте новый пароль.",
            ]),
            ...toAdministrator,
            {
              kind: "list",
              title: "Что написать",
              items: [
                "Кто вы: имя, отдел, логин или прежний e-mail аккаунта.",
                "Что случилось: какая почта или номер потеряны и с какого дня.",
                "Последний вход: когда это было и с какого устройства.",
                "Номер последнего запроса, если вы запрашивали письмо.",
                "Куда вам ответить: новый e-mail или телефон.",
              ],
            },
            { kind: "warning", text: "Не сообщайте пароли и коды: для помощи они не нужны." },
          ],
        },
        social: {
          title: "Пароль от соцсети",
          question: "Забыт пароль от Яндекса, VK или другого сервиса",
          answer: "Пароль соцсети восстанавливают у неё самой: мы его не знаем и сменить не можем.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Выберите сервис, пароль от которого забыт.",
                "Проверьте адрес в строке браузера: он должен совпадать с указанным рядом с названием.",
                "Восстановите доступ по указаниям сервиса.",
              ],
            },
            { kind: "services" },
            {
              kind: "note",
              text: "Пароль этого портала — отдельный. Если забыт он, восстановите его письмом.",
            },
            ...(facts.services
              ? [
                  {
                    kind: "list",
                    title: "Вход через сервис",
                    items: [
                      "Нажмите кнопку сервиса на странице входа: пароль портала не понадобится.",
                      "Первый раз войдите паролем и привяжите сервис: «Моя страница», строка «Соцсети». Там же его отвязывают.",
                      "Единственный способ входа отвязать нельзя: сначала задайте пароль или привяжите другой сервис.",
                      "Пароля портала нет, и вы запросили восстановление? Придёт письмо с кнопкой вашего сервиса.",
                      "После выхода с портала вход в сам сервис остаётся: на чужом устройстве выйдите и там.",
                    ],
                  } as const,
                  {
                    kind: "list",
                    title: "Если сервис не пустил",
                    items: [
                      "Не отвечает, нет связи или сбой — попробуйте позже или войдите другим способом.",
                      "Аккаунт сервиса ни к кому не привязан — войдите паролем и привяжите его.",
                      "Привязан к другому человеку — выберите в сервисе другой свой аккаунт.",
                    ],
                  } as const,
                ]
              : []),
          ],
        },
        portals: {
          title: "Вход на порталы",
          question: "Как войти на портал и что он обо мне узнаёт",
          answer: "Один аккаунт открывает все порталы компании: пароль вводят здесь, и портал его не узнаёт.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Откройте портал или нажмите его плитку на странице «Моя страница», в разделе «Порталы».",
                "Если вы уже вошли, портал откроется сразу. Если нет, войдите и вернётесь на портал сами.",
                "Рядом с плитками написано, под каким логином вы войдёте. Логин чужой — нажмите «Сменить», а по пути на портал — «Войти под другим логином».",
              ],
            },
            {
              kind: "list",
              title: "Портал другой компании",
              items: [
                "Сначала появится вопрос: на странице перечислено, что портал узнает. Нажмите «Разрешить и войти» или «Не разрешать».",
                "О разрешении придёт письмо. Если разрешали не вы, нажмите в письме «Это не я».",
                "Передумали — на странице «Моя страница» откройте «Вход и защита», затем «Показать и отозвать» и нажмите «Отозвать доступ». Вход на портале завершится.",
              ],
            },
            {
              kind: "text",
              title: "Портал закрыт для вас",
              text: "Кому открыт портал, решает администратор: попросите его открыть доступ.",
            },
            { kind: "administrator" },
          ],
        },
        change: {
          title: "Сменить известный пароль",
          question: "Знаю пароль и хочу его сменить",
          answer: "Пароль меняют на своей странице. Письмо для этого не нужно.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Войдите и откройте «Моя страница».",
                "Под e-mail нажмите «Сменить пароль».",
                "Введите «Текущий пароль», «Новый пароль» и «Подтверждение нового пароля» и нажмите «Сохранить».",
                "Появится «Пароль был успешно изменен». На почту придёт письмо об этом.",
              ],
            },
            {
              kind: "note",
              text: "Остальные устройства выходят из аккаунта, а это остаётся.",
            },
            {
              kind: "text",
              title: "Не помните текущий",
              text: "Нажмите «Забыли?» рядом с ним: пароль восстановится по письму.",
            },
          ],
        },
        "change-email": {
          title: "Сменить e-mail",
          question: "Хочу входить по другому адресу",
          answer:
            "Новый адрес начнёт работать, когда вы подтвердите его по письму. До этого входите по прежнему.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Войдите, откройте «Моя страница» и нажмите «Сменить e-mail».",
                "Введите новый адрес. Если вы вошли больше пяти минут назад, понадобится и пароль.",
                "Откройте письмо на новом адресе и нажмите «Подтвердить адрес», затем «Подтвердить». Подойдёт любое устройство. Ссылка работает сутки.",
              ],
            },
            {
              kind: "note",
              text: "На прежний адрес придёт письмо с кнопкой «Это не я». Семь дней она возвращает его на место.",
            },
          ],
        },
        "change-phone": facts.sms
          ? {
              title: "Сменить телефон",
              question: "Сменился номер телефона",
              answer: "Новый номер подтверждают шестью цифрами из SMS.",
              blocks: [
                {
                  kind: "steps",
                  items: [
                    "Войдите, откройте «Моя страница» и нажмите «Сменить телефон».",
                    "Введите новый номер и нажмите «Получить код».",
                    "Введите код из SMS и нажмите «Подтвердить».",
                  ],
                },
                {
                  kind: "note",
                  text: "На прежний номер и на почту придёт уведомление. В письме есть кнопка «Это не я»: семь дней она возвращает номер на место.",
                },
              ],
            }
          : {
              title: "Сменить телефон",
              question: "Сменился номер телефона",
              answer: "Новый номер укажет администратор портала: подтвердить его отсюда нечем.",
              blocks: [
                {
                  kind: "text",
                  title: "Старый номер",
                  text: "Его можно убрать самому: «Моя страница», «Сменить телефон», «Удалить телефон».",
                },
                { kind: "administrator" },
              ],
            },
        "keep-password": {
          title: "Где хранить пароль",
          question: "Как не забыть новый пароль",
          answer: "Сохраните пароль сразу: показать его потом не сможет никто, даже администратор.",
          blocks: [
            {
              kind: "list",
              title: "Какой подойдёт",
              items: [
                `Не короче ${countedRu(facts.shortestPassword, "символа", "символов", "символов")}.`,
                ...facts.passwordRules.map((rule) => `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`),
                ...(facts.passwordDays > 0
                  ? [`Раз в ${countedRu(facts.passwordDays, "день", "дня", "дней")} его придётся сменить.`]
                  : []),
                "Не из утечек и словарей, не из вашего имени, логина или названия компании.",
              ],
            },
            {
              kind: "list",
              title: "Надёжно",
              items: [
                "Менеджер паролей. Браузер и телефон предложат сохранить пароль, когда вы его смените, и подставят при входе.",
                "Бумага в скрытом месте. Запишите пароль, но не то, от чего он.",
                "Фраза из четырёх слов: её легче запомнить, чем набор знаков.",
              ],
            },
            {
              kind: "list",
              title: "Ненадёжно",
              items: [
                "Листок у монитора, переписка, файл на общем компьютере.",
                "Один пароль на все сайты: кто узнает его на одном, войдёт и на остальные.",
              ],
            },
            {
              kind: "note",
              text: "Нажмите «показать» в поле пароля, чтобы проверить набранное до отправки.",
            },
          ],
        },
        security: {
          title: "Как узнать наше письмо",
          question: "Пришло письмо, которого я не ждал",
          answer:
            "Служебные письма приходят с одного адреса. Паролей и кодов мы не спрашиваем ни письмом, ни по телефону.",
          blocks: [
            { kind: "sender" },
            {
              kind: "list",
              title: "Приметы письма",
              items: [
                `Адрес отправителя — ${facts.sender}, буква в букву.`,
                "В теме письма о смене пароля — время и номер запроса. Тот же номер на странице «Проверьте почту».",
                "Внутри названы устройство и адрес в сети, откуда пришёл запрос.",
                `Кнопка и ссылка ведут только на ${facts.host}.`,
                "Вложений нет.",
                "Код и контрольную строку вводят только на этом сайте.",
              ],
            },
            {
              kind: "list",
              title: "Не вы?",
              items: [
                "Запросили смену пароля не вы — ничего не делайте: пароль прежний.",
                "В письме сказано, что изменён пароль, e-mail или телефон, а меняли не вы — нажмите в нём «Это не я». Страница покажет, что произойдёт: сеансы завершатся, изменения отменятся, прежний пароль перестанет действовать. Затем задайте новый и сообщите администратору портала.",
              ],
            },
            { kind: "administrator" },
          ],
        },
      };
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
    topics: (facts) => {
      const inBox = facts.style === "control-string";
      const linkTime = waitingTime(facts.linkLifetimeMs, "en");
      const codeTime = waitingTime(facts.codeLifetimeMs, "en");
      const send = inBox ? "“Send control string”" : "“Continue”";
      const letters = countedEn(facts.lettersPerHour, "message", "messages");
      const newPassword =
        "Type the new password into “New password” and “Confirm new password”, then press “Change password”.";
      const finish = "“Password changed” appears. Press “Sign in” and sign in with the new password.";
      const toAdministrator: Block[] = facts.desk ? [] : [{ kind: "administrator" }];
      const deskSteps = (items: string[]): Block[] => (facts.desk ? [{ kind: "steps", items }] : []);
      return {
        invited: {
          title: "Invitation to the portal",
          question: "I am invited and have not signed in yet",
          answer: facts.sms
            ? "An invitation comes by e-mail or SMS. Its link lets you choose how you sign in."
            : "An invitation comes by e-mail. Its link lets you choose how you sign in.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Open the invitation and press “Choose a password”.",
                "Enter the password in “New password” and “Confirm new password” and press “Save password”.",
                "Press “Sign in” and sign in with the new password.",
              ],
            },
            ...(facts.services
              ? [
                  {
                    kind: "text",
                    title: "Without a password",
                    text: "Below the fields for the password there are buttons of services. Press yours: the invitation is taken, and from then on you sign in through it. A password can be set later on “My page”.",
                  } as const,
                ]
              : []),
            {
              kind: "list",
              title: "If the link does not work",
              items: [
                "It works for 24 hours, and once.",
                "Several invitations: open the latest, the earlier ones no longer work.",
                "Too late: ask the administrator for another.",
              ],
            },
            { kind: "administrator" },
            {
              kind: "warning",
              text: "Not expecting an invitation? Do nothing: nobody gets in by it.",
            },
          ],
        },
        "by-letter": {
          title: "Recovery by e-mail link",
          question: "I forgot the password and can open the mailbox",
          answer: `You set a new password through the link in a message. The link works for ${linkTime}.`,
          blocks: [
            {
              kind: "steps",
              items: [
                "On the sign-in page, press “Forgot password?”.",
                "Type the e-mail or phone you sign in with into “E-mail or phone” and press “Continue”. The login works too.",
                "Open the message and press “Change password” in it. If the button fails, open the link at the end of the message.",
                newPassword,
                finish,
              ],
            },
            {
              kind: "list",
              title: "Good to know",
              items: [
                facts.sms
                  ? "The message goes to the account's mailbox. Without access to it, type the phone: a code comes by SMS."
                  : "The message goes to the account's mailbox even if you typed a phone or a login. Without access to the mailbox this way will not work.",
                "The link opens in any browser. If you close the page without changing the password, you can open it again.",
                "After the change every device is signed out and needs the new password.",
              ],
            },
          ],
        },
        "control-string": {
          title: "Recovery by control string",
          question: "I forgot the password and can open the mailbox",
          answer: `You set a new password through the link in a message: the control string is filled in for you and works for ${linkTime}.`,
          blocks: [
            {
              kind: "steps",
              items: [
                "On the sign-in page, press “Forgot your password?”.",
                "Fill in “Login or e-mail” and press “Send control string”.",
                "Open the message and press “Change password” in it. If the button fails, open the link at the end of the message.",
                "“Login” and “Control string” are filled in. Leave them alone.",
                newPassword,
                finish,
              ],
            },
            {
              kind: "list",
              title: "If the link does not open",
              items: [
                "On the page “Check your mail”, press “Type the control string by hand” and copy the login and the control string from the message.",
                "Several messages? Take both from the latest one.",
              ],
            },
            {
              kind: "list",
              title: "Good to know",
              items: [
                "The message goes to the account's mailbox. Without access to it this way will not work.",
                "After the change every device is signed out and needs the new password.",
              ],
            },
          ],
        },
        "by-code": {
          title: "Code from the message",
          question: "The message opened on another device",
          answer: `Type the six digits of the message into the browser where you asked for it. The code works for ${codeTime}.`,
          blocks: [
            {
              kind: "steps",
              items: [
                "On the device where you want to sign in, press “Forgot password?”, type your e-mail or phone and press “Continue”.",
                "Keep the page “Check your mail” open.",
                "Open the message on the other device and find “Code for another device”.",
                "Type the digits into “Code from the message” and press “Continue with the code”.",
                newPassword,
                finish,
              ],
            },
            {
              kind: "list",
              title: "If the code does not match",
              items: [
                "Check the browser: the code works only where the message was asked for. The link works in any browser.",
                "The code has expired or has no tries left: open the link in the message or press “Resend”.",
                "Several messages? Type the code of the latest one.",
              ],
            },
          ],
        },
        "by-phone": facts.sms
          ? {
              title: "Recovery by phone number",
              question: "No access to the mailbox, the phone is with me",
              answer: `A code from an SMS lets you set a new password. It goes to the confirmed number and works for ${codeTime}.`,
              blocks: [
                {
                  kind: "steps",
                  items: [
                    `On the page “Reset password”, type the number you sign in with, in any spelling: 8 916 123-45-67, +7 916 123-45-67, 9161234567. Press ${send}.`,
                    "Check the number on the page “Enter the code from SMS”. If it is wrong, press “Change the number”.",
                    "Type the six digits into “Code from SMS” and press “Continue”.",
                    newPassword,
                    finish,
                  ],
                },
                {
                  kind: "list",
                  title: "If no code comes",
                  items: [
                    "The code goes only to a mobile number that was confirmed in the account. We do not write to strangers' numbers, and the page looks the same for everybody.",
                    `Wait a minute and press “Resend”: the same code comes. The limit of one number is ${facts.smsPerHour} SMS an hour and ${facts.smsPerDay} a day.`,
                    "The mailbox opens? Press “Send by e-mail”.",
                  ],
                },
                {
                  kind: "warning",
                  text: "Tell nobody the code: we never ask for it. A code came that you did not ask for? Do nothing, your password is unchanged.",
                },
              ],
            }
          : {
              title: "Recovery by phone number",
              question: "I only remember the phone number",
              answer:
                "Type the number: the message goes to the account's mailbox. Codes by SMS are not sent here.",
              blocks: [
                {
                  kind: "steps",
                  items: [
                    "On the page “Reset password”, type the number you sign in with, in any spelling: 8 916 123-45-67, +7 916 123-45-67, 9161234567.",
                    `Press ${send}.`,
                    "Check the number on the page “Check your mail”. If it is wrong, press “Use another address”.",
                    "Open the message in the account's mailbox and press “Change password” in it.",
                    newPassword,
                  ],
                },
                {
                  kind: "note",
                  text: facts.desk
                    ? "The phone does not replace the mailbox: if that is out of reach, write to support."
                    : "The phone does not replace the mailbox: if that is out of reach, ask the portal's administrator.",
                },
              ],
            },
        "no-letter": {
          title: "The message did not arrive",
          question: "The message does not come",
          answer: "Most often it lies in “Spam” or “Newsletters”, or the address has a typing error.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Look into the folders “Spam” and “Newsletters”.",
                "Check the address: the page “Check your mail” shows it as you typed it. If it is wrong, press “Use another address”.",
                "Make sure that it is the right mailbox. The message goes only to the mailbox of the account: we do not write to strangers, and the page looks the same for everybody.",
                `Wait a minute and press “Resend”. The limit of one account is ${letters} an hour and ${facts.lettersPerDay} a day.`,
                "Several messages? Open the latest one: the number in its subject is the one on the page “Check your mail”.",
                ...(facts.sms ? ["The phone is with you? Press “Send a code by SMS”."] : []),
              ],
            },
            {
              kind: "text",
              title: "The company has its own mail domain",
              text: "Ask the mail administrator to put the sender on the allow-list. All service messages come from this address only.",
            },
            { kind: "sender" },
          ],
        },
        outdated: {
          title: "Outdated link",
          question: "A page says “Outdated link”",
          answer:
            "This link no longer works. The password is changed through the link in the latest message.",
          blocks: [
            {
              kind: "steps",
              items: [
                "If you asked for several messages, the page names the number and time of the valid one.",
                "Find the message with this number in its subject and open its link.",
                "If there is no such message, press “Send a new message” or “Ask for a new message”: the page has one of these buttons.",
              ],
            },
            {
              kind: "list",
              title: "Why a link stops working",
              items: [
                "You asked for a new message and opened an earlier one.",
                `The link works for ${linkTime}, and that time is over.`,
                "The password was already changed with this link.",
                "After the message the account's password or data changed.",
                "The link was copied only in part.",
                ...(inBox ? ["The login and the control string come from different messages."] : []),
              ],
            },
            {
              kind: "warning",
              text: "The link was used to change the password, and not by you? Send a new message at once and set another password.",
            },
          ],
        },
        "forgot-login": {
          title: "Forgotten login",
          question: "I do not remember the login",
          answer: facts.desk
            ? "A message reminds you of the login. If you forgot the mailbox too, write to support."
            : "A message reminds you of the login. If you forgot the mailbox too, ask the portal's administrator.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Open the page “Remind me of my login”.",
                "Type the mailbox of the account into “E-mail” and press “Send reminder”.",
                "Open the message: it lists the logins of all accounts of this mailbox.",
              ],
            },
            {
              kind: "text",
              title: "What you can sign in with",
              text: "The account's e-mail or phone does instead of the login, both for signing in and for resetting the password.",
            },
            ...toAdministrator,
          ],
        },
        "no-mailbox": {
          title: "No access to the mailbox",
          question: "The account's mailbox does not open",
          answer: facts.desk
            ? "Without the mailbox, recovery by e-mail will not work: get the mailbox back or write to support."
            : "Without the mailbox, recovery by e-mail will not work: get the mailbox back or write to the administrator.",
          blocks: [
            {
              kind: "list",
              title: "What happened to the mailbox",
              items: [
                "Its password is forgotten: recover it at the mail service, then ask for the message.",
                "It is a work mailbox: your company's mail administrator gives access back.",
                facts.desk
                  ? "It is deleted or lost: write to support."
                  : "It is deleted or lost: write to the portal's administrator.",
              ],
            },
            {
              kind: "note",
              text: facts.sms
                ? "The account's phone is with you? Type its number on the page “Reset password”: a code comes by SMS."
                : "The phone does not replace the mailbox: the message goes there even if you type the number.",
            },
          ],
        },
        support: {
          title: "No access to e-mail and phone",
          question: "I have access to neither the mailbox nor the phone",
          answer: facts.desk
            ? "Send a request by the link “No access to e-mail and phone?” at the bottom of any page. Support makes sure that it is you and, after a wait, sends a link for a new password."
            : "Write to the portal's administrator, who makes sure that the account is yours and gives access back.",
          blocks: [
            ...deskSteps([
              "Enter the login or earlier e-mail, an address for the answer and what happened. Confirm the address by the message.",
              "The page of the request shows what support needs: a code to the account's phone, a colleague's word, a meeting.",
              "Two members of staff decide. Every contact of the account is warned, and its owner can stop the request.",
              "Once the wait is over, open the link in the message and set a new password.",
            ]),
            ...toAdministrator,
            {
              kind: "list",
              title: "What to write",
              items: [
                "Who you are: name, department, login or earlier e-mail of the account.",
                "What happened: which mailbox or number is lost, and since when.",
                "The last time you signed in: when, and on which device.",
                "The number of the last request, if you asked for a message.",
                "Where to answer: a new e-mail or phone.",
              ],
            },
            {
              kind: "warning",
              text: "Tell nobody your passwords and codes: they are not needed to help you.",
            },
          ],
        },
        social: {
          title: "Password of a social network",
          question: "I forgot the password of Yandex, VK or another service",
          answer:
            "A social network's password is recovered at the network itself: we neither know it nor can change it.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Choose the service whose password is forgotten.",
                "Check the address in the browser: it must be the one beside the name.",
                "Follow the service's instructions.",
              ],
            },
            { kind: "services" },
            {
              kind: "note",
              text: "The password of this portal is a separate one. If that is forgotten, reset it by e-mail.",
            },
            ...(facts.services
              ? [
                  {
                    kind: "list",
                    title: "Signing in through a service",
                    items: [
                      "Press the service's button on the sign-in page: no password of the portal is needed.",
                      "The first time, sign in with the password and link the service: “My page”, row “Social sign-in”. It is unlinked there, too.",
                      "The only way in cannot be unlinked: first set a password or link another service.",
                      "No password of the portal, and you asked for recovery? The letter has the button of your service.",
                      "Signing out of the portal leaves you signed in at the service: on somebody else's device sign out there as well.",
                    ],
                  } as const,
                  {
                    kind: "list",
                    title: "If the service did not let you in",
                    items: [
                      "It does not answer, or has a fault: try later or sign in another way.",
                      "Its account is not linked to anybody: sign in with the password and link it.",
                      "It is linked to somebody else: choose another account of yours at the service.",
                    ],
                  } as const,
                ]
              : []),
          ],
        },
        portals: {
          title: "Signing in to portals",
          question: "How do I enter a portal, and what does it learn about me",
          answer:
            "One account opens all portals of the company: the password is typed here, and no portal learns it.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Open the portal, or press its tile on “My page”, in the section “Portals”.",
                "If you are signed in already, the portal opens at once. If not, sign in and you end at the portal.",
                "Beside the tiles stands which login you will enter with. If it is not yours, press “Change”; on the way to a portal, “Sign in with another login”.",
              ],
            },
            {
              kind: "list",
              title: "A portal of another company",
              items: [
                "First you are asked: the page lists what the portal would learn. Press “Allow and sign in” or “Do not allow”.",
                "A letter tells of what was allowed. If it was not you, press “It was not me” in it.",
                "If you change your mind, open “Security” on “My page”, then “Show and withdraw”, and press “Withdraw access”. The sign-in at the portal ends.",
              ],
            },
            {
              kind: "text",
              title: "The portal is closed to you",
              text: "The administrator decides whom a portal is open to: ask there.",
            },
            { kind: "administrator" },
          ],
        },
        change: {
          title: "Change a known password",
          question: "I know the password and want to change it",
          answer: "The password is changed on your own page. No message is needed for it.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Sign in and open “My page”.",
                "Under the e-mail press “Change password”.",
                "Type “Current password”, “New password” and “Confirm new password”, then press “Save”.",
                "“Password changed” appears, and a message about it comes to your mailbox.",
              ],
            },
            {
              kind: "note",
              text: "Other devices are signed out; this one stays.",
            },
            {
              kind: "text",
              title: "You do not remember the current one",
              text: "Press “Forgot it?” beside it: a message resets the password.",
            },
          ],
        },
        "change-email": {
          title: "Change e-mail",
          question: "I want to sign in with another address",
          answer:
            "The new address works once you confirm it from its mailbox. Until then sign in with the old one.",
          blocks: [
            {
              kind: "steps",
              items: [
                "Sign in, open “My page” and press “Change e-mail”.",
                "Type the new address. If you signed in more than five minutes ago, the password is needed too.",
                "Open the message at the new address and press “Confirm the address”, then “Confirm”. Any device will do. The link works for a day.",
              ],
            },
            {
              kind: "note",
              text: "The old address gets a message with the button “It was not me”. For seven days it puts the address back.",
            },
          ],
        },
        "change-phone": facts.sms
          ? {
              title: "Change phone",
              question: "My phone number has changed",
              answer: "A new number is confirmed with six digits from an SMS.",
              blocks: [
                {
                  kind: "steps",
                  items: [
                    "Sign in, open “My page” and press “Change phone”.",
                    "Type the new number and press “Get the code”.",
                    "Type the code from the SMS and press “Confirm”.",
                  ],
                },
                {
                  kind: "note",
                  text: "The old number and the mailbox get a notice. The message has the button “It was not me”: for seven days it puts the number back.",
                },
              ],
            }
          : {
              title: "Change phone",
              question: "My phone number has changed",
              answer: "The portal's administrator enters a new number: it cannot be confirmed from here.",
              blocks: [
                {
                  kind: "text",
                  title: "The old number",
                  text: "You can take it away yourself: “My page”, “Change phone”, “Remove the phone”.",
                },
                { kind: "administrator" },
              ],
            },
        "keep-password": {
          title: "Where to keep the password",
          question: "How not to forget the new password",
          answer: "Keep it somewhere at once: nobody can show it to you later, not even the administrator.",
          blocks: [
            {
              kind: "list",
              title: "Which one will do",
              items: [
                `At least ${countedEn(facts.shortestPassword, "character", "characters")}.`,
                ...facts.passwordRules.map((rule) => `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`),
                ...(facts.passwordDays > 0
                  ? [`It has to be changed every ${countedEn(facts.passwordDays, "day", "days")}.`]
                  : []),
                "Not leaked or from a dictionary, nor made of your name, your login or the company's name.",
              ],
            },
            {
              kind: "list",
              title: "Safe",
              items: [
                "A password manager. Browsers and phones offer to keep the password when you change it, and fill it in when you sign in.",
                "Paper in a hidden place. Write down the password, but not what it opens.",
                "A phrase of four words: easier to remember than a row of signs.",
              ],
            },
            {
              kind: "list",
              title: "Unsafe",
              items: [
                "A note on the screen, a chat, a file on a computer that others use.",
                "One password for every site: whoever learns it at one gets into the others.",
              ],
            },
            {
              kind: "note",
              text: "Press “show” in the password field to check what you typed before you send it.",
            },
          ],
        },
        security: {
          title: "How to know our messages",
          question: "A message came that I did not expect",
          answer:
            "Service messages come from one address. We never ask for passwords or codes, by message or by phone.",
          blocks: [
            { kind: "sender" },
            {
              kind: "list",
              title: "Signs of our message",
              items: [
                `The sender's address is ${facts.sender}, letter for letter.`,
                "The subject of a message about changing the password has the time and number of the request. The page “Check your mail” shows the same number.",
                "It names the device and network address that the request came from.",
                `Its button and link lead to ${facts.host} only.`,
                "It has no attachments.",
                "Codes and control strings are typed on this site only.",
              ],
            },
            {
              kind: "list",
              title: "Not you?",
              items: [
                "Somebody else asked to change the password: do nothing, your password is unchanged.",
                "The message says that the password, e-mail or phone was changed, and not by you: press “It was not me” in it. The page shows what will happen: sessions end, changes are undone, the password stops working. Then set a new one and tell the portal's administrator.",
              ],
            },
            { kind: "administrator" },
          ],
        },
      };
    },
  },
});
