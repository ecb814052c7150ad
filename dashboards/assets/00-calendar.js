/* The calendar's Chinese: the date picker looks for the locale "zh-cn" under this name. */
window["dayjs_locale_zh-cn"] = {
  name: "zh-cn",
  weekdays: "星期日_星期一_星期二_星期三_星期四_星期五_星期六".split("_"),
  weekdaysShort: "周日_周一_周二_周三_周四_周五_周六".split("_"),
  weekdaysMin: "日_一_二_三_四_五_六".split("_"),
  months: "1月_2月_3月_4月_5月_6月_7月_8月_9月_10月_11月_12月".split("_"),
  monthsShort: "1月_2月_3月_4月_5月_6月_7月_8月_9月_10月_11月_12月".split("_"),
  ordinal: function (number) { return number + "日"; },
  weekStart: 1,
  yearStart: 4,
  formats: { LT: "HH:mm", LL: "YYYY年M月D日", L: "YYYY/MM/DD" },
  relativeTime: {},
};
