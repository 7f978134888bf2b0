package dev.bowline.integration;

class NettyReadingContractIT extends ReadingContract implements OnNetty {}
