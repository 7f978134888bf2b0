package dev.bowline.integration;

class NettyLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnNetty {}
